/** Proving who is there, once for the next five minutes of the session. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { takeCeremony } from '../ceremony/ceremonies.ts';
import type { CodeCheck } from '../two-factor/code-check.ts';
import { codeRefusal } from '../two-factor/two-factor.service.ts';
import { isPassword } from '../user/password.ts';
import { User } from '../user/user.entity.ts';
import { noteProof, proofOf } from './session-proof.ts';
import { methodsOf } from './step-up-methods.ts';
import { StepUpMethod } from './step-up-method.ts';
import { StepUpPayload, type StepUpInput, type StepUpState } from './step-up.types.ts';

/** Owning a passkey is no proof: it must have been checked in this session a moment ago, and counts once. */
async function refuseUnchecked(ctx: RequestContext, userId: number): Promise<MessageCode | undefined> {
  const checked = await takeCeremony(ctx, 'passkey-proof');
  return checked?.userId === userId ? undefined : 'passkey_expired';
}

export class StepUpService {
  constructor(private readonly codes: CodeCheck, private readonly limits: RateLimits) {}

  async state(ctx: RequestContext): Promise<StepUpState> {
    return { validUntil: proofOf(ctx), methods: await methodsOf(ctx.em, callerOf(ctx).userId) };
  }

  /** Throws THROTTLED after too many wrong passwords. */
  async verify(ctx: RequestContext, input: StepUpInput): Promise<StepUpPayload> {
    const { userId, sessionId } = callerOf(ctx);
    if (sessionId === undefined) return new StepUpPayload(null, [refusal(ctx, UserErrorCode.NOT_ALLOWED, 'session_needed')]);
    const methods = await methodsOf(ctx.em, userId);
    if (!methods.includes(input.method)) return new StepUpPayload(null, [refusal(ctx, UserErrorCode.DISABLED, 'proof_method_missing', ['input', 'method'])]);
    const refused = await this.refuse(ctx, userId, input);
    if (refused) return new StepUpPayload(null, [codeRefusal(ctx, refused, ['input', input.method === StepUpMethod.PASSWORD ? 'password' : 'code'])]);
    return new StepUpPayload(await noteProof(ctx));
  }

  private refuse(ctx: RequestContext, userId: number, { method, code, password }: StepUpInput): Promise<MessageCode | undefined> {
    if (method === StepUpMethod.PASSWORD) return this.refusePassword(ctx, userId, password ?? '');
    if (method === StepUpMethod.PASSKEY) return refuseUnchecked(ctx, userId);
    return this.codes.refuse(ctx, userId, code ?? '', { backup: true });
  }

  private async refusePassword(ctx: RequestContext, userId: number, password: string): Promise<MessageCode | undefined> {
    const limited = await this.limits.take('step-up', String(userId));
    if (limited) throw throttled(ctx, limited);
    const user = await ctx.em.findOneOrFail(User, userId);
    if (!(await isPassword(password, user.passwordHash))) return 'proof_password_wrong';
    await this.limits.reset('step-up', String(userId));
    return undefined;
  }
}
