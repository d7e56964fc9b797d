/** The compatible API of accounts elsewhere (management-api 8). */
const back = (slug: string, kind: string) => `@rest(method: GET, path: "/api/oauth/${slug}", auth: [NONE], sideEffect: true, rate: CRITICAL, view: "LegacyOAuth",
  bind: [{from: "const:${kind}", to: "provider"}, {from: "query.code", to: "code"}, {from: "query.state", to: "state"}])`;

const telegram = `{from: "query.id", to: "input.id"}, {from: "query.first_name", to: "input.firstName"}, {from: "query.last_name", to: "input.lastName"},
  {from: "query.username", to: "input.username"}, {from: "query.photo_url", to: "input.photoUrl"}, {from: "query.auth_date", to: "input.authDate"}, {from: "query.hash", to: "input.hash"}`;

export const identityRoutes = {
  state: '@rest(method: GET, path: "/api/oauth/state", auth: [NONE], sideEffect: true, rate: CRITICAL, view: "LegacyOAuthState", bind: [{from: "query.aff", to: "inviteCode"}])',
  github: back('github', 'GITHUB'),
  discord: back('discord', 'DISCORD'),
  linuxDo: back('linuxdo', 'LINUX_DO'),
  oidc: back('oidc', 'OIDC'),
  wechat: '@rest(method: GET, path: "/api/oauth/wechat", auth: [NONE], sideEffect: true, rate: CRITICAL, view: "LegacyLogin", bind: [{from: "query.code", to: "code"}])',
  wechatBind: '@rest(method: GET, path: "/api/oauth/wechat/bind", auth: [SESSION], sideEffect: true, rate: CRITICAL, envelope: MESSAGE, bind: [{from: "query.code", to: "code"}])',
  telegram: `@rest(method: GET, path: "/api/oauth/telegram/login", auth: [NONE], sideEffect: true, rate: CRITICAL, view: "LegacyLogin", bind: [${telegram}])`,
  /** A browser comes here from the widget, so there is no header beside the cookie; the field itself asks for a session. */
  telegramBind: `@rest(method: GET, path: "/api/oauth/telegram/bind", auth: [NONE], sideEffect: true, rate: CRITICAL, view: "LegacyTelegramBound", envelope: REDIRECT, bind: [${telegram}])`,
} as const;
