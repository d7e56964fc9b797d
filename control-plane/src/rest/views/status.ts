/** `GET /api/status`: clients read it before anything else. What this version does not have is off or empty. */
import { unixSeconds, type RestView } from '../view.ts';

const signInMethods = {
  github_oauth: false, github_client_id: '', discord_oauth: false, discord_client_id: '', linuxdo_oauth: false, linuxdo_client_id: '',
  linuxdo_minimum_trust_level: 0, telegram_oauth: false, telegram_bot_name: '', wechat_qrcode: '', wechat_login: false,
  oidc_enabled: false, oidc_client_id: '', oidc_authorization_endpoint: '', passkey_login: false, passkey_rp_id: '', passkey_origins: '',
  passkey_allow_insecure: false, passkey_user_verification: 'preferred', passkey_attachment: '',
};

const display = {
  top_up_link: '', docs_link: '', display_in_currency: true, quota_display_type: 'USD', custom_currency_symbol: '¤',
  custom_currency_exchange_rate: 1, default_collapse_sidebar: false, chats: [], usd_exchange_rate: 7.3, price: 7.3, stripe_unit_price: 8, HeaderNavModules: '', SidebarModulesAdmin: '',
};

const features = {
  enable_batch_update: false, enable_drawing: false, enable_task: false, enable_data_export: true, data_export_default_time: 'hour', mj_notify_enabled: false,
  default_use_auto_group: false, api_info_enabled: false, uptime_kuma_enabled: false, announcements_enabled: false, faq_enabled: false,
  checkin_enabled: false, api_info: [], announcements: [], faq: [],
};

export const legacyStatus: RestView = {
  name: 'LegacyStatus', on: 'Site', selection: 'version name startedAt quotaPerUnit serverAddress setupDone selfUse demo logo footer hasUserAgreement hasPrivacyPolicy registration { emailVerification captchaSiteKey }',
  encode: (site) => ({
    version: site.version, start_time: unixSeconds(site.startedAt), system_name: site.name, server_address: site.serverAddress, quota_per_unit: site.quotaPerUnit,
    setup: site.setupDone, self_use_mode_enabled: site.selfUse, demo_site_enabled: site.demo, passkey_display_name: site.name,
    logo: site.logo, footer_html: site.footer, user_agreement_enabled: site.hasUserAgreement, privacy_policy_enabled: site.hasPrivacyPolicy,
    email_verification: site.registration.emailVerification, turnstile_check: site.registration.captchaSiteKey !== null, turnstile_site_key: site.registration.captchaSiteKey ?? '',
    ...signInMethods, ...display, ...features,
  }),
};
