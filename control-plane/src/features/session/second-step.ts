/** Between the password and the session: the code of an authenticator app, for those who have one. */
import type { RequestContext } from '../../kernel/context.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { beginCeremony, peekCeremony, takeCeremony } from '../ceremony/ceremonies.ts';
import type { CodeCheck } from '../two-factor/code-check.ts';
import { TwoFactor } from '../two-factor/two-factor.entity.ts';
import { codeRefusal } from '../two-factor/two-factor.service.ts';
import { User } from '../user/user.entity.ts';
import { enter, refuseStanding } from './enter.ts';
import { SessionPayload } from './session.payloads.ts';

/** How long a sign-in waits for its code. */
const pendingMs = 10 * 60_000;

export class SecondStep {
  constructor(private readonly codes: CodeCheck) {}

  /** Signs in whoever has no second factor; of others it remembers that this browser has passed the first step. */
  async orEnter(ctx: RequestContext, user: User): Promise<SessionPayload> {
    if (refuseStanding(ctx, user) || !(await ctx.em.count(TwoFactor, { userId: user.id, enabledAt: { $ne: null } }))) return enter(ctx, user);
    await beginCeremony(ctx, 'sign-in', { userId: user.id, data: {}, lifeMs: pendingMs });
    return Object.assign(new SessionPayload(null), { twoFactorRequired: true });
  }

  async finish(ctx: RequestContext, code: string): Promise<SessionPayload> {
    const pending = await peekCeremony(ctx, 'sign-in');
    const user = pending?.userId ? await ctx.em.findOne(User, { id: pending.userId, deletedAt: null }) : null;
    if (!user) return new SessionPayload(null, [refusal(ctx, UserErrorCode.EXPIRED, 'sign_in_not_begun')]);
    const refused = await this.codes.refuse(ctx, user.id, code, { backup: true });
    if (refused) return new SessionPayload(null, [codeRefusal(ctx, refused, ['input', 'code'])]);
    // Whoever took it in this moment has signed in with an earlier code.
    if (!(await takeCeremony(ctx, 'sign-in'))) return new SessionPayload(null, [refusal(ctx, UserErrorCode.EXPIRED, 'sign_in_not_begun')]);
    return enter(ctx, user);
  }
}
