/** The compatible API has no reason for a change of a balance: it says at least where the change came from. */
export const quotaAdjustRoutes = {
  manage: `@rest(method: POST, path: "/api/user/manage", view: "LegacyManagedUser", when: "body.action == 'add_quota'", bind: [{from: "body.id", to: "id"},
    {from: "body.mode", to: "input.mode", default: "ADD"}, {from: "body.value", to: "input.quota", cast: QUOTA_INT, default: "0"},
    {from: "body.reason", to: "input.reason", default: "POST /api/user/manage"}])`,
  topup: `@rest(method: POST, path: "/api/topup", envelope: MESSAGE, bind: [{from: "body.user_id", to: "id"}, {from: "const:ADD", to: "input.mode"},
    {from: "body.quota", to: "input.quota", cast: QUOTA_INT, default: "0"}, {from: "body.remark", to: "input.reason", default: "POST /api/topup"}])`,
} as const;
