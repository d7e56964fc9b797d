/** The compatible API of codes (management-api 8). */
const fields = '{from: "body.quota", to: "input.quota", cast: QUOTA_INT}, {from: "body.expired_time", to: "input.expiresAt", cast: UNIX_SECONDS}';

export const redemptionRoutes = {
  get: '@rest(method: GET, path: "/api/redemption/{id}", view: "LegacyRedemption")',
  list: '@rest(method: GET, path: "/api/redemption/", view: "LegacyRedemption", envelope: PAGE)',
  search: '@rest(method: GET, path: "/api/redemption/search", view: "LegacyRedemption", envelope: PAGE, bind: [{from: "query.keyword", to: "filter.search"}])',
  create: `@rest(method: POST, path: "/api/redemption/", view: "LegacyRedemptionCodes", bind: [{from: "body.name", to: "input.name", default: ""},
    {from: "body.count", to: "input.count", default: "0"}, {from: "body.quota", to: "input.quota", cast: QUOTA_INT, default: "100"},
    {from: "body.expired_time", to: "input.expiresAt", cast: UNIX_SECONDS}])`,
  update: `@rest(method: PUT, path: "/api/redemption/", view: "LegacyRedemption", when: "!query.status_only", bind: [{from: "body.id", to: "id"}, ${fields}])`,
  setStatus: '@rest(method: PUT, path: "/api/redemption/", view: "LegacyRedemption", when: "query.status_only", bind: [{from: "body.id", to: "id"}, {from: "body.status", to: "status"}])',
  delete: '@rest(method: DELETE, path: "/api/redemption/{id}", envelope: MESSAGE)',
  deleteInvalid: '@rest(method: DELETE, path: "/api/redemption/invalid", view: "LegacyRemovedCodes")',
  redeem: '@rest(method: POST, path: "/api/user/topup", view: "LegacyRedeemed", rate: CRITICAL, bind: [{from: "body.key", to: "code", default: ""}])',
} as const;
