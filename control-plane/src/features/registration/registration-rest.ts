/** The compatible API of registration (management-api 8). */
export const registrationRoutes = {
  register: `@rest(method: POST, path: "/api/user/register", auth: [NONE], rate: CRITICAL, envelope: MESSAGE, bind: [{from: "body.username", to: "input.username", default: ""},
    {from: "body.password", to: "input.password", default: ""}, {from: "body.aff_code", to: "input.inviteCode"}, {from: "query.turnstile", to: "input.captcha"}])`,
  verification: '@rest(method: GET, path: "/api/verification", auth: [NONE], sideEffect: true, envelope: MESSAGE, bind: [{from: "query.email", to: "email"}, {from: "query.turnstile", to: "captcha"}])',
  resetSend: '@rest(method: GET, path: "/api/reset_password", auth: [NONE], sideEffect: true, rate: CRITICAL, envelope: MESSAGE, bind: [{from: "query.email", to: "email"}, {from: "query.turnstile", to: "captcha"}])',
  reset: `@rest(method: POST, path: "/api/user/reset", auth: [NONE], rate: CRITICAL, view: "LegacyPasswordReset", bind: [{from: "body.email", to: "input.email", default: ""},
    {from: "body.token", to: "input.token", default: ""}, {from: "body.password", to: "input.password", cast: ZERO_IS_NULL}])`,
  bindEmail: '@rest(method: GET, path: "/api/oauth/email/bind", auth: [SESSION], sideEffect: true, rate: CRITICAL, envelope: MESSAGE, bind: [{from: "query.email", to: "email"}, {from: "query.code", to: "code"}])',
  bindEmailPost: '@rest(method: POST, path: "/api/oauth/email/bind", auth: [SESSION], rate: CRITICAL, envelope: MESSAGE, bind: [{from: "body.email", to: "email", default: ""}, {from: "body.code", to: "code", default: ""}])',
} as const;
