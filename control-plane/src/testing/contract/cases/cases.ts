/** How each endpoint succeeds. A new endpoint needs a line in one of these, or in `elsewhere`. */
import { catalogueCases } from './catalogue.ts';
import { channelCases } from './channels.ts';
import type { SuccessCases } from './case.ts';
import { peopleCases } from './people.ts';
import { recordCases } from './records.ts';
import { signInCases } from './sign-in.ts';
import { siteCases } from './site.ts';

export const successCases: SuccessCases = { ...catalogueCases, ...channelCases, ...peopleCases, ...recordCases, ...signInCases, ...siteCases };

/** Successes that need another party (a relay, a mail box, a browser, a provider): the test that has it, below `src`. */
export const elsewhere: Readonly<Record<string, string>> = {
  'mgmt.channel.test': 'rest/catalogue-routes.test.ts',
  'mgmt.oauth.discord': 'features/identity/identity.test.ts',
  'mgmt.oauth.github': 'features/identity/identity.test.ts',
  'mgmt.oauth.linuxdo': 'features/identity/identity.test.ts',
  'mgmt.oauth.oidc': 'features/identity/identity.test.ts',
  'mgmt.oauth.state': 'features/identity/identity.test.ts',
  'mgmt.oauth.wechat': 'features/identity/identity.test.ts',
  'mgmt.oauth.wechat_bind': 'features/identity/identity.test.ts',
  'mgmt.oauth.telegram_bind': 'features/identity/identity.test.ts',
  'mgmt.oauth.telegram_login': 'features/identity/identity.test.ts',
  'mgmt.pay.creem_webhook': 'features/payment/payment.test.ts',
  'mgmt.pay.stripe_webhook': 'features/payment/payment.test.ts',
  'mgmt.pay.amount': 'features/payment/payment.test.ts',
  'mgmt.pay.creem': 'features/payment/payment.test.ts',
  'mgmt.pay.epay_notify': 'features/payment/payment.test.ts',
  'mgmt.pay.epay': 'features/payment/payment.test.ts',
  'mgmt.pay.stripe_amount': 'features/payment/payment.test.ts',
  'mgmt.pay.stripe': 'features/payment/payment.test.ts',
  'mgmt.topup.info': 'features/payment/payment.test.ts',
  'mgmt.topup.self': 'features/payment/payment.test.ts',
  'mgmt.topup.complete': 'features/payment/payment.test.ts',
  'mgmt.topup.list': 'features/payment/payment.test.ts',
  'mgmt.channel.fetch_models': 'features/channel/provider/provider.test.ts',
  'mgmt.channel.fetch_models_by_id': 'features/channel/provider/provider.test.ts',
  'mgmt.channel.update_balance': 'features/channel/provider/provider.test.ts',
  'mgmt.channel.update_balance_all': 'features/channel/provider/provider.test.ts',
  'mgmt.system.uptime': 'features/site/uptime.test.ts',
  'mgmt.ratio_sync.fetch': 'features/price-sync/price-sync.test.ts',
  'mgmt.models.sync': 'features/model/sync/model-sync.test.ts',
  'mgmt.models.sync_preview': 'features/model/sync/model-sync.test.ts',
  'mgmt.user.aff': 'features/invite/invite.test.ts',
  'mgmt.user.aff_transfer': 'features/invite/invite.test.ts',
  'mgmt.auth.register': 'features/registration/registration.test.ts',
  'mgmt.auth.verification': 'features/registration/registration.test.ts',
  'mgmt.auth.reset_mail': 'features/registration/registration.test.ts',
  'mgmt.auth.reset': 'features/registration/registration.test.ts',
  'mgmt.oauth.email_bind': 'features/registration/registration.test.ts',
};
