/** Orders and payments, as new-api clients know them: `message` is `success` or `error`, and `data` holds what matters (management-api 3.1). */
import { unixSeconds, type Node, type RestView } from '../view.ts';

const paid = { encodeBeside: (): Record<string, unknown> => ({ message: 'success' }), encodeRefusal: (reason: string): Record<string, unknown> => ({ message: 'error', data: reason }) };

export const legacyAmount: RestView = { name: 'LegacyAmount', on: 'TopUpQuotePayload', selection: 'price', encode: ({ price }) => Number(price).toFixed(2), ...paid };

export const legacyEpay: RestView = {
  name: 'LegacyEpay', on: 'CheckoutPayload', selection: 'checkout { url fields { name value } }', ...paid,
  encode: ({ checkout }) => Object.fromEntries(checkout.fields.map(({ name, value }: Node) => [name, value])),
  encodeBeside: ({ checkout }) => ({ message: 'success', url: checkout.url }),
};

export const legacyPayLink: RestView = { name: 'LegacyPayLink', on: 'CheckoutPayload', selection: 'checkout { url }', encode: ({ checkout }) => ({ pay_link: checkout.url }), ...paid };

export const legacyCheckoutUrl: RestView = {
  name: 'LegacyCheckoutUrl', on: 'CheckoutPayload', selection: 'checkout { url } topUp { tradeNo }',
  encode: ({ checkout, topUp }) => ({ checkout_url: checkout.url, order_id: topUp.tradeNo }), ...paid,
};

export const legacyNothing: RestView = { name: 'LegacyNothing', on: 'TopUpPayload', selection: 'topUp { id }', encode: () => null };

export const legacyTopUp: RestView = {
  name: 'LegacyTopUp', on: 'TopUp', selection: 'legacyId userId amount money tradeNo method createdAt completedAt status',
  encode: ({ legacyId, userId, amount, money, tradeNo, method, createdAt, completedAt, status }) => ({
    id: Number(legacyId), user_id: userId, amount: Number(amount), money: Number(money), trade_no: tradeNo, payment_method: method, create_time: unixSeconds(createdAt),
    complete_time: unixSeconds(completedAt), status: String(status).toLowerCase(),
  }),
};

export const legacyTopUpInfo: RestView = {
  name: 'LegacyTopUpInfo', on: 'TopUpOptions',
  selection: 'providers methods { name type color minimum } creemProducts { productId name price currency quota } minimum stripeMinimum presets discounts { amount factor }',
  encode: ({ providers, methods, creemProducts, minimum, stripeMinimum, presets, discounts }) => ({
    enable_online_topup: providers.includes('EPAY'), enable_stripe_topup: providers.includes('STRIPE'), enable_creem_topup: providers.includes('CREEM'),
    creem_products: JSON.stringify(creemProducts.map((one: Node) => ({ ...one, price: Number(one.price), quota: Number(one.quota) }))),
    pay_methods: methods.map((one: Node) => ({ name: one.name, type: one.type, color: one.color, min_topup: one.minimum ?? '' })),
    min_topup: minimum, stripe_min_topup: stripeMinimum, amount_options: presets, discount: Object.fromEntries(discounts.map(({ amount, factor }: Node) => [amount, Number(factor)])),
  }),
};
