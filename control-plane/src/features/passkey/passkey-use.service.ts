/** What passkeys are for: signing in, and proving who is there. */
import { limitKey } from '../../kernel/http/client-address.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { beginCeremony } from '../ceremony/ceremonies.ts';
import { enter } from '../session/enter.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { noteProof } from '../step-up/session-proof.ts';
import { StepUpPayload } from '../step-up/step-up.types.ts';
import { User } from '../user/user.entity.ts';
import { askForPasskey, takeChallenge } from './challenges.ts';
import { checkAssertion } from './check-assertion.ts';
import { Passkey } from './passkey.entity.ts';
import { passkeyRefusal } from './passkey.service.ts';
import { PasskeyChallengePayload } from './passkey.types.ts';
import { readAssertion } from './read-response.ts';
import { refuseParty, type RelyingParties } from './relying-party.ts';

/** How long a check may be followed by `POST /api/verify`, which compatible clients send as a step of its own. */
const proofMs = 60_000;

export class PasskeyUseService {
  constructor(private readonly parties: RelyingParties, private readonly limits: RateLimits) {}

  /** Throws THROTTLED for an address that begins many and finishes none. */
  async signInBegin(ctx: RequestContext): Promise<PasskeyChallengePayload> {
    const party = await this.parties.read(ctx), refused = refuseParty(ctx, party);
    if (refused) return new PasskeyChallengePayload(null, [passkeyRefusal(ctx, refused)]);
    const limited = await this.limits.take('ceremony', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    return new PasskeyChallengePayload(await askForPasskey(ctx, { kind: 'passkey-sign-in', party, verification: party.userVerification, allowed: [] }));
  }

  /** Asks for no second step: a passkey is one that the user has and nobody else. */
  async signInFinish(ctx: RequestContext, response: unknown): Promise<SessionPayload> {
    const found = await this.check(ctx, 'passkey-sign-in', response);
    if (typeof found === 'string') return new SessionPayload(null, [passkeyRefusal(ctx, found)]);
    const user = await ctx.em.findOne(User, { id: found.userId, deletedAt: null });
    return user ? enter(ctx, user) : new SessionPayload(null, [passkeyRefusal(ctx, 'passkey_unknown')]);
  }

  /** The authenticator must verify the user here, whatever the option says (MFA-03). */
  async verifyBegin(ctx: RequestContext): Promise<PasskeyChallengePayload> {
    const { userId, sessionId } = callerOf(ctx), party = await this.parties.read(ctx);
    const own = await ctx.em.find(Passkey, { userId });
    const refused = sessionId === undefined ? 'session_needed' : refuseParty(ctx, party) ?? (own.length ? undefined : 'passkey_none');
    if (refused) return new PasskeyChallengePayload(null, [passkeyRefusal(ctx, refused)]);
    return new PasskeyChallengePayload(await askForPasskey(ctx, { kind: 'passkey-verify', party, verification: 'required', userId, allowed: own }));
  }

  async verifyFinish(ctx: RequestContext, response: unknown): Promise<StepUpPayload> {
    const { userId } = callerOf(ctx), found = await this.check(ctx, 'passkey-verify', response, userId);
    if (typeof found === 'string') return new StepUpPayload(null, [passkeyRefusal(ctx, found)]);
    await beginCeremony(ctx, 'passkey-proof', { userId, data: {}, lifeMs: proofMs });
    return new StepUpPayload(await noteProof(ctx));
  }

  /** @param owner whose challenge and passkey it must be; left out when the answer tells who it is */
  private async check(ctx: RequestContext, kind: 'passkey-sign-in' | 'passkey-verify', response: unknown, owner?: number): Promise<Passkey | MessageCode> {
    const begun = await takeChallenge(ctx, kind), answer = readAssertion(response);
    if (!begun || (begun.userId ?? undefined) !== owner) return 'passkey_expired';
    return answer ? checkAssertion(ctx, answer, begun.data, owner) : 'passkey_invalid';
  }
}
