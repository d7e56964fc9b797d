/** A user's own passkeys: making, listing, removing them. */
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { notFound, refusal } from '../../kernel/words/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { OkPayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { SecurityAct } from '../notification/security-news.ts';
import type { FactorChange } from '../two-factor/factor-change.ts';
import { findManageable } from '../user/find-manageable.ts';
import { User } from '../user/user.entity.ts';
import { challengeMs, keepChallenge, takeChallenge, type Challenge } from './challenges.ts';
import { Passkey } from './passkey.entity.ts';
import { PasskeyChallengePayload, PasskeyPayload } from './passkey.types.ts';
import { readRegistration, type Registration } from './read-response.ts';
import { refuseParty, type RelyingParties } from './relying-party.ts';

const mostPasskeys = 20;

const codes: Partial<Record<MessageCode, UserErrorCode>> = {
  passkey_off: UserErrorCode.DISABLED, passkey_none: UserErrorCode.DISABLED, passkey_expired: UserErrorCode.EXPIRED, session_needed: UserErrorCode.NOT_ALLOWED, passkey_limit: UserErrorCode.LIMIT_REACHED,
};
export const passkeyRefusal = (ctx: RequestContext, message: MessageCode, path?: string[]): UserError => refusal(ctx, codes[message] ?? UserErrorCode.INVALID, message, path);

/** Which passkeys a new one takes the place of. */
export interface Keeping { replace: boolean; name: string }

export class PasskeyService {
  constructor(private readonly parties: RelyingParties, private readonly change: FactorChange) {}

  list({ em }: RequestContext, userId: number): Promise<Passkey[]> {
    return em.find(Passkey, { userId }, { orderBy: { id: 'desc' }, limit: 100, refresh: true });
  }

  async begin(ctx: RequestContext): Promise<PasskeyChallengePayload> {
    const { userId, username, sessionId } = callerOf(ctx), party = await this.parties.read(ctx);
    const refused = sessionId === undefined ? 'session_needed' : refuseParty(ctx, party);
    if (refused) return new PasskeyChallengePayload(null, [passkeyRefusal(ctx, refused)]);
    const user = await ctx.em.findOneOrFail(User, userId), present = await this.list(ctx, userId);
    const options = await generateRegistrationOptions({
      rpName: party.name, rpID: party.id, userName: username, userID: Buffer.from(String(userId)), userDisplayName: user.displayName || username, timeout: challengeMs,
      attestationType: 'none', excludeCredentials: present.map(({ handle: id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: party.userVerification, ...(party.attachment && { authenticatorAttachment: party.attachment }) },
    });
    await keepChallenge(ctx, { kind: 'passkey-register', challenge: options.challenge, party, verification: party.userVerification, userId });
    return new PasskeyChallengePayload(options);
  }

  async finish(ctx: RequestContext, response: unknown, { replace, name }: Keeping): Promise<PasskeyPayload> {
    const { userId } = callerOf(ctx), begun = await takeChallenge(ctx, 'passkey-register'), answer = readRegistration(response);
    if (!begun || begun.userId !== userId) return new PasskeyPayload(null, [passkeyRefusal(ctx, 'passkey_expired')]);
    const made = answer && (await madeBy(answer, begun.data));
    if (!made) return new PasskeyPayload(null, [passkeyRefusal(ctx, 'passkey_invalid', ['input', 'response'])]);
    const count = replace ? 0 : await ctx.em.count(Passkey, { userId });
    if (count >= mostPasskeys || (await ctx.em.count(Passkey, { handle: made.handle, userId: { $ne: userId } }))) {
      return new PasskeyPayload(null, [passkeyRefusal(ctx, count >= mostPasskeys ? 'passkey_limit' : 'passkey_invalid', ['input', 'response'])]);
    }
    const passkey = ctx.em.create(Passkey, { ...made, userId, name: name.trim().slice(0, 64) || 'Passkey', createdAt: ctx.clock.now() }, { persist: false });
    await this.change.commit(ctx, userId, SecurityAct.PASSKEY_ADDED, async (em) => {
      await em.nativeDelete(Passkey, replace ? { userId } : { userId, handle: made.handle });
      await em.persist(passkey).flush();
    });
    return new PasskeyPayload(passkey);
  }

  /** Null: all of them. */
  async delete(ctx: RequestContext, id: string | null): Promise<OkPayload> {
    const { userId } = callerOf(ctx), which = id === null ? { userId } : { userId, id: readId('passkey', id) };
    const count = await ctx.em.count(Passkey, which);
    if (!count) return new OkPayload(id === null ? [] : [notFound(ctx)]);
    await this.change.commit(ctx, userId, SecurityAct.PASSKEY_REMOVED, (em) => em.nativeDelete(Passkey, which));
    return new OkPayload();
  }

  /** For somebody who has lost theirs, by an operator of a higher role (AUT-03). */
  async reset(ctx: RequestContext, id: string): Promise<OkPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return new OkPayload([user]);
    if (!(await ctx.em.count(Passkey, { userId: user.id }))) return new OkPayload([passkeyRefusal(ctx, 'passkey_none', ['id'])]);
    await this.change.commit(ctx, user.id, SecurityAct.PASSKEY_REMOVED, (em) => em.nativeDelete(Passkey, { userId: user.id }));
    return new OkPayload();
  }
}

type Made = Pick<Passkey, 'handle' | 'publicKey' | 'counter' | 'transports'>;

async function madeBy(answer: Registration, { challenge, rpId, origins, verification }: Challenge): Promise<Made | undefined> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'], expectedChallenge: challenge, expectedOrigin: origins, expectedRPID: rpId,
      requireUserVerification: verification === 'required',
    });
    const credential = registrationInfo?.credential;
    return credential && { handle: credential.id, publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: BigInt(credential.counter), transports: answer.response.transports };
  } catch {
    return undefined;                                    // the library says what is wrong by throwing; to the caller all of it is one
  }
}
