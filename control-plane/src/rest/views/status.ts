/** `GET /api/status`: clients read it before anything else. What this version does not have is off or empty. */
import { unixSeconds, type Node, type RestView } from '../view.ts';

/** Whether a method is on, with its public name there. */
function signInMembers({ signInMethods, linuxDoTrustLevel, passkeys }: Node): Record<string, unknown> {
  const of = (kind: string): Node | undefined => signInMethods.find((one: Node) => one.kind === kind), isOn = (kind: string) => of(kind)?.enabled === true, clientId = (kind: string) => of(kind)?.clientId ?? '';
  return {
    github_oauth: isOn('GITHUB'), github_client_id: clientId('GITHUB'), discord_oauth: isOn('DISCORD'), discord_client_id: clientId('DISCORD'),
    linuxdo_oauth: isOn('LINUX_DO'), linuxdo_client_id: clientId('LINUX_DO'), linuxdo_minimum_trust_level: linuxDoTrustLevel,
    telegram_oauth: isOn('TELEGRAM'), telegram_bot_name: clientId('TELEGRAM'), wechat_login: isOn('WECHAT'), wechat_qrcode: of('WECHAT')?.address ?? '',
    oidc_enabled: isOn('OIDC'), oidc_client_id: clientId('OIDC'), oidc_authorization_endpoint: of('OIDC')?.address ?? '',
    passkey_login: passkeys.enabled, passkey_display_name: passkeys.name, passkey_rp_id: passkeys.id, passkey_origins: passkeys.origins.join(','),
    passkey_allow_insecure: passkeys.allowInsecure, passkey_user_verification: passkeys.userVerification, passkey_attachment: passkeys.attachment,
  };
}

function displayMembers({ display }: Node): Record<string, unknown> {
  return {
    top_up_link: display.topUpLink, docs_link: display.docsLink, display_in_currency: display.inCurrency, custom_currency_symbol: display.customSymbol, custom_currency_exchange_rate: display.customRate,
    default_collapse_sidebar: display.sidebarCollapsed, chats: JSON.parse(display.chats) as unknown, HeaderNavModules: display.headerModules, SidebarModulesAdmin: display.sidebarModules,
    enable_batch_update: false, enable_drawing: display.drawing, enable_task: display.tasks, enable_data_export: display.dataExport, data_export_default_time: display.dataExportTime,
    mj_notify_enabled: display.drawingNotices, default_use_auto_group: display.autoGroup,
  };
}

/** The entries of a panel are there only while it is on. */
function panelMembers({ panels }: Node): Record<string, unknown> {
  const shown = (name: string, { enabled, entries }: Node) => (enabled ? { [name]: JSON.parse(entries) as unknown } : {});
  return {
    api_info_enabled: panels.apiInfo.enabled, uptime_kuma_enabled: panels.uptimeEnabled, announcements_enabled: panels.announcements.enabled, faq_enabled: panels.faq.enabled,
    ...shown('api_info', panels.apiInfo), ...shown('announcements', panels.announcements), ...shown('faq', panels.faq),
  };
}

export const legacyStatus: RestView = {
  name: 'LegacyStatus', on: 'Site', selection: `version name startedAt quotaPerUnit serverAddress setupDone selfUse demo logo footer hasUserAgreement hasPrivacyPolicy registration { emailVerification captchaSiteKey checkIn } payment { price stripeUnitPrice usdExchangeRate displayType }
    display { topUpLink docsLink inCurrency customSymbol customRate sidebarCollapsed chats headerModules sidebarModules drawing tasks dataExport dataExportTime drawingNotices autoGroup }
    panels { apiInfo { enabled entries } announcements { enabled entries } faq { enabled entries } uptimeEnabled }
    signInMethods(all: true) { kind enabled clientId address } linuxDoTrustLevel passkeys { enabled name id origins allowInsecure userVerification attachment }`,
  encode: (site) => ({
    version: site.version, start_time: unixSeconds(site.startedAt), system_name: site.name, server_address: site.serverAddress, quota_per_unit: site.quotaPerUnit,
    setup: site.setupDone, self_use_mode_enabled: site.selfUse, demo_site_enabled: site.demo,
    logo: site.logo, footer_html: site.footer, user_agreement_enabled: site.hasUserAgreement, privacy_policy_enabled: site.hasPrivacyPolicy,
    email_verification: site.registration.emailVerification, turnstile_check: site.registration.captchaSiteKey !== null, turnstile_site_key: site.registration.captchaSiteKey ?? '',
    checkin_enabled: site.registration.checkIn, price: Number(site.payment.price), stripe_unit_price: Number(site.payment.stripeUnitPrice), usd_exchange_rate: Number(site.payment.usdExchangeRate), quota_display_type: site.payment.displayType,
    ...signInMembers(site), ...displayMembers(site), ...panelMembers(site),
  }),
};
