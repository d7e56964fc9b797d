/** How users pay for quota (semantics 11.5). */
import { choice, decimal, flag, integer, json, secret, text, url, type OptionSpec } from '../option-spec.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFactor = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1_000;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 200;
const isName = (value: unknown): boolean => isText(value) && value !== '';

const factors = (value: unknown): string | undefined => (isObject(value) && Object.values(value).every(isFactor) ? undefined : 'an object of names and numbers from 0 to 1000');

/** A factor of 0 would make the amount free. */
const discounts = (value: unknown): string | undefined =>
  (isObject(value) && Object.entries(value).every(([amount, factor]) => /^\d{1,9}$/.test(amount) && isFactor(factor) && factor !== 0) ? undefined : 'an object of whole amounts and factors above 0');

const amounts = (value: unknown): string | undefined =>
  (Array.isArray(value) && value.length <= 50 && value.every((one) => Number.isSafeInteger(one) && one > 0) ? undefined : 'a list of at most 50 whole numbers above 0');

const methods = (value: unknown): string | undefined => {
  const fits = (one: unknown) => isObject(one) && isName(one.name) && isName(one.type) && [one.color, one.min_topup].every((member) => member === undefined || isText(member));
  return Array.isArray(value) && value.length <= 50 && value.every(fits) ? undefined : 'a list of {name, type, color, min_topup}';
};

const products = (value: unknown): string | undefined => {
  const fits = (one: unknown) => isObject(one) && isName(one.productId) && isName(one.name) && typeof one.price === 'number' && one.price > 0 && one.price <= 1_000_000
    && /^[A-Z]{3}$/.test(String(one.currency)) && Number.isSafeInteger(one.quota) && Number(one.quota) > 0;
  return Array.isArray(value) && value.length <= 100 && value.every(fits) ? undefined : 'a list of {productId, name, price, currency, quota}';
};

const usualMethods = JSON.stringify([
  { name: '支付宝', type: 'alipay', color: 'rgba(var(--semi-blue-5), 1)' }, { name: '微信', type: 'wxpay', color: 'rgba(var(--semi-green-5), 1)' },
]);

export const paymentOptions = {
  'general_setting.quota_display_type': choice('USD', ['USD', 'CNY', 'TOKENS', 'CUSTOM'], { describe: 'What amounts are shown in. With TOKENS, amounts to top up are quota units.' }),
  USDExchangeRate: decimal('7.3', 0.000001, 1_000_000, { describe: 'Units of the local currency to one US dollar, for display.' }),
  CustomCallbackAddress: url('', { describe: 'Address that payment gateways call back; empty: ServerAddress.' }),
  TopupGroupRatio: json('{"default":1,"svip":1,"vip":1}', factors, { describe: 'Group to factor of the price; 0 and groups that are left out count as 1.' }),
  'payment_setting.amount_options': json('[10,20,50,100,200,500]', amounts, { describe: 'Amounts that the top-up page offers.' }),
  'payment_setting.amount_discount': json('{}', discounts, { describe: 'Amount to factor of its price, such as {"100": 0.9}.' }),
  PayAddress: url('', { describe: 'Address of the epay gateway, without submit.php; empty: none.' }),
  EpayId: text('', 64, { describe: 'Merchant number at the epay gateway.' }),
  EpayKey: secret({ describe: 'Merchant key at the epay gateway; two parted by a space while it changes.' }),
  PayMethods: json(usualMethods, methods, { describe: 'Payment methods of the epay gateway.' }),
  Price: decimal('7.3', 0.000001, 1_000_000, { describe: 'Price of one US dollar of quota at the epay gateway.' }),
  MinTopUp: integer(1, 1, 1_000_000_000, { describe: 'Least amount to top up over epay.' }),
  'epay.confirm': flag(false, { describe: 'Credit an epay order only after the gateway, asked at api.php, says that it is paid.' }),
  StripeApiSecret: secret({ describe: 'Secret API key of Stripe.' }),
  StripeWebhookSecret: secret({ describe: 'Signing secret of the Stripe webhook; two parted by a space while it changes.' }),
  StripePriceId: text('', 200, { describe: 'Price at Stripe of one unit of quota.' }),
  StripeUnitPrice: decimal('8', 0.000001, 1_000_000, { describe: 'What the page says that one unit costs over Stripe.' }),
  StripeMinTopUp: integer(1, 1, 10_000, { describe: 'Least amount to top up over Stripe.' }),
  StripePromotionCodesEnabled: flag(false, { describe: 'Whether customers may enter promotion codes at Stripe.' }),
  'stripe.api_url': url('https://api.stripe.com', { describe: 'Address of the Stripe API.' }),
  CreemApiKey: secret({ describe: 'API key of Creem.' }),
  CreemProducts: json('[]', products, { describe: 'Products at Creem: [{productId, name, price, currency, quota}], quota in units.' }),
  CreemTestMode: flag(false, { describe: 'Use the test side of Creem.' }),
  CreemWebhookSecret: secret({ describe: 'Signing secret of the Creem webhook; two parted by a space while it changes.' }),
  'creem.api_url': url('', { describe: 'Address of the Creem API; empty: the one of Creem.' }),
} satisfies Record<string, OptionSpec>;
