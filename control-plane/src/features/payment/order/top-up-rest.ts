/** The compatible API of payment (management-api 8). */
const amount = '{from: "body.amount", to: "input.amount", cast: QUOTA_INT, default: "0"}';
const pay = (path: string, provider: string, view: string) => `@rest(method: POST, path: "/api/user/${path}", rate: CRITICAL, view: "${view}",
    bind: [{from: "const:${provider}", to: "input.provider"}, ${provider === 'CREEM' ? '{from: "body.product_id", to: "input.productId", default: ""}' : amount}, {from: "body.payment_method", to: "input.method", default: "?"}])`;
const quote = (path: string, provider: string) => `@rest(method: POST, path: "/api/user/${path}", view: "LegacyAmount", bind: [{from: "const:${provider}", to: "input.provider"}, ${amount}])`;

export const topUpRoutes = {
  amount: quote('amount', 'EPAY'),
  stripeAmount: quote('stripe/amount', 'STRIPE'),
  pay: pay('pay', 'EPAY', 'LegacyEpay'),
  stripePay: pay('stripe/pay', 'STRIPE', 'LegacyPayLink'),
  creemPay: pay('creem/pay', 'CREEM', 'LegacyCheckoutUrl'),
  complete: '@rest(method: POST, path: "/api/user/topup/complete", view: "LegacyNothing", bind: [{from: "body.trade_no", to: "tradeNo", default: ""}, {from: "const:POST /api/user/topup/complete", to: "reason"}])',
  list: '@rest(method: GET, path: "/api/user/topup", view: "LegacyTopUp", envelope: PAGE, bind: [{from: "query.keyword", to: "filter.search"}])',
  listOwn: '@rest(method: GET, path: "/api/user/topup/self", view: "LegacyTopUp", envelope: PAGE, bind: [{from: "query.keyword", to: "filter.search"}])',
  options: '@rest(method: GET, path: "/api/user/topup/info", view: "LegacyTopUpInfo")',
} as const;
