/** The compatible API of passkeys. They live in the session: an access token alone is refused (management-api 2.2). */
const own = (method: string, path: string, rest: string) => `@rest(method: ${method}, path: "/api/user/passkey${path}", auth: [SESSION], ${rest})`;
const response = 'bind: [{from: "body", to: "input.response"}';
const signIn = (step: string, rest: string) => `@rest(method: POST, path: "/api/user/passkey/login/${step}", auth: [NONE], rate: CRITICAL, ${rest})`;

export const passkeyRoutes = {
  list: own('GET', '', 'view: "LegacyPasskey"'),
  signInBegin: signIn('begin', 'view: "LegacyPasskeyOptions"'),
  signInFinish: signIn('finish', `view: "LegacyLogin", ${response}]`),
  registerBegin: own('POST', '/register/begin', 'view: "LegacyPasskeyOptions"'),
  registerFinish: own('POST', '/register/finish', `envelope: MESSAGE, ${response}, {from: "const:true", to: "replace"}]`),
  verifyBegin: own('POST', '/verify/begin', 'view: "LegacyPasskeyOptions"'),
  verifyFinish: own('POST', '/verify/finish', `envelope: MESSAGE, ${response}]`),
  delete: own('DELETE', '', 'envelope: MESSAGE'),
  reset: '@rest(method: DELETE, path: "/api/user/{id}/reset_passkey", envelope: MESSAGE)',
} as const;
