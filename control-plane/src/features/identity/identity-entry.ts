/** What becomes of somebody who has shown an account elsewhere: bound, signed in, or given a new account. */
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { optionOf } from '../option/option-values.ts';
import type { SecondStep } from '../session/second-step.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { User } from '../user/user.entity.ts';
import type { Bindings } from './bindings.ts';
import type { Identity } from './identity.entity.ts';
import type { NewAccounts } from './new-account.ts';
import type { Profile } from './profile.ts';

const codes: Partial<Record<MessageCode, UserErrorCode>> = {
  provider_off: UserErrorCode.DISABLED, provider_failed: UserErrorCode.UPSTREAM_FAILED, provider_bound: UserErrorCode.TAKEN, register_off: UserErrorCode.NOT_ALLOWED,
  code_expired: UserErrorCode.EXPIRED, telegram_unbound: UserErrorCode.NOT_FOUND, trust_level_low: UserErrorCode.NOT_ALLOWED, user_deleted: UserErrorCode.DISABLED,
  binding_none: UserErrorCode.NOT_FOUND, binding_last: UserErrorCode.NOT_ALLOWED,
};
/** The path begins with `input`, so that over REST a missing account elsewhere is a rule of the product and no 404. */
export const identityRefusal = (ctx: RequestContext, message: MessageCode): UserError => refusal(ctx, codes[message] ?? UserErrorCode.INVALID, message, ['input']);

export interface Visitor { profile: Profile; slug: string; inviteCode?: string | undefined }

export class IdentityEntry {
  constructor(private readonly bindings: Bindings, private readonly accounts: NewAccounts, private readonly secondStep: SecondStep) {}

  /** An account elsewhere with no account here gets one, when registration is open. */
  async signIn(ctx: RequestContext, { profile, slug, inviteCode }: Visitor): Promise<SessionPayload> {
    const present = await this.bindings.find(ctx, profile);
    if (present) return this.enter(ctx, present);
    if ((await optionOf(ctx, 'RegisterEnabled')) !== 'true') return new SessionPayload(null, [identityRefusal(ctx, 'register_off')]);
    const user = await this.accounts.open(ctx, profile, slug, inviteCode);
    if (user) return this.secondStep.orEnter(ctx, user);
    return this.enter(ctx, (await this.bindings.find(ctx, profile))!);
  }

  async enter(ctx: RequestContext, { userId }: Identity): Promise<SessionPayload> {
    const user = await ctx.em.findOne(User, { id: userId, deletedAt: null });
    return user ? this.secondStep.orEnter(ctx, user) : new SessionPayload(null, [identityRefusal(ctx, 'user_deleted')]);
  }
}
