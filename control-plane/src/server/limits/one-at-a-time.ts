/** Mutations of which an operation holds one: those that try a secret, and those that move money (GQL-02). */
import type { GraphQLSchema } from 'graphql';

/** Each is a guess at something; many in one request would be many guesses at the price of one. */
const guesses = [
  'accountRegister', 'backupCodesRegenerate', 'emailVerificationSend', 'oauthFinish', 'passkeyRegisterFinish', 'passkeyVerifyFinish', 'passwordReset', 'passwordResetSend', 'redemptionRedeem',
  'sessionCreate', 'sessionPasskeyFinish', 'sessionTelegramCreate', 'sessionVerifyTwoFactor', 'sessionWeChatCreate', 'setupComplete', 'stepUpVerify', 'twoFactorDisable', 'twoFactorEnable', 'viewerDelete',
  'viewerEmailBind', 'viewerTelegramBind', 'viewerWeChatBind',
] as const;

const kept = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Money moves by fields that take an idempotency key. */
export function oneAtATime(schema: GraphQLSchema): ReadonlySet<string> {
  let names = kept.get(schema);
  if (!names) {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    kept.set(schema, (names = new Set([...guesses, ...fields.filter(({ args }) => args.some(({ name }) => name === 'idempotencyKey')).map(({ name }) => name)])));
  }
  return names;
}
