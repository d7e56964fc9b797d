/** Whether an answer was signed by the passkey that it names, for the challenge that we gave. */
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import type { Challenge } from './challenges.ts';
import { Passkey } from './passkey.entity.ts';
import type { Assertion } from './read-response.ts';

/**
 * The passkey, which is noted as used now, or what is wrong.
 *
 * @param owner whose it must be; left out when the answer tells who it is
 */
export async function checkAssertion(ctx: RequestContext, answer: Assertion, challenge: Challenge, owner?: number): Promise<Passkey | MessageCode> {
  const passkey = await ctx.em.findOne(Passkey, { handle: answer.id, ...(owner !== undefined && { userId: owner }) });
  if (!passkey) return 'passkey_unknown';
  const { userHandle } = answer.response;
  if (userHandle !== undefined && userHandle !== handleOf(passkey.userId)) return 'passkey_invalid';
  const counter = await countOf(passkey, answer, challenge);
  if (counter === undefined) return 'passkey_invalid';
  const used = await sqlOf(ctx.em)(`update passkey set counter = $2, last_used_at = $3 where id = $1 and (counter < $2 or ($2 = 0 and counter = 0)) returning id`,
    [passkey.id, counter, ctx.clock.now()]);
  return used.length ? passkey : 'passkey_invalid';
}

/** What authenticators keep as the user: base64url of the decimal id. */
export const handleOf = (userId: number): string => Buffer.from(String(userId)).toString('base64url');

async function countOf({ handle, publicKey, counter, transports }: Passkey, answer: Assertion, { challenge, rpId, origins, verification }: Challenge): Promise<number | undefined> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'], expectedChallenge: challenge, expectedOrigin: origins, expectedRPID: rpId,
      credential: { id: handle, publicKey: Buffer.from(publicKey, 'base64url'), counter: Number(counter), transports }, requireUserVerification: verification === 'required',
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;                                    // the library says what is wrong by throwing; to the caller all of it is one
  }
}
