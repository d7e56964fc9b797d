/** An administrator completes an order that was paid and of which no notice came. */
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { refuseKey } from '../../../kernel/idempotency-key.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { refusesToManage } from '../../user/user-role-rules.ts';
import { User } from '../../user/user.entity.ts';
import type { CreditRefusal, OrderBooks } from './order-books.ts';
import { TopUp } from './top-up.entity.ts';
import type { TopUpPayload } from './top-up.payloads.ts';

const longestReason = 500;

const refused = (error: UserError): TopUpPayload => ({ topUp: null, replayed: false, userErrors: [error] });

interface Hand { tradeNo: string; reason: string; idempotencyKey: string }

export class TopUpCompleteService {
  constructor(private readonly books: OrderBooks) {}

  /** An order that is done answers success again. Nobody completes orders of an equal or higher role, their own included; root does. */
  async complete(ctx: RequestContext, { tradeNo, reason, idempotencyKey }: Hand): Promise<TopUpPayload> {
    const { length } = reason, badKey = refuseKey(ctx, idempotencyKey);
    if (badKey) return refused(badKey);
    const order = await ctx.em.findOne(TopUp, { tradeNo });
    if (length === 0 || length > longestReason) return refused(refusal(ctx, UserErrorCode.REQUIRED, 'reason_length', ['reason']));
    if (!order) return refused(refusal(ctx, UserErrorCode.NOT_FOUND, 'order_not_found', ['tradeNo']));
    const actor = callerOf(ctx), denied = refusesToManage(actor, await ctx.em.findOneOrFail(User, order.userId));
    if (denied) return refused(refusal(ctx, UserErrorCode.NOT_ALLOWED, denied, ['tradeNo']));
    const other = await ctx.em.findOne(TopUp, { completedById: actor.userId, completionKey: idempotencyKey, tradeNo: { $ne: tradeNo } });
    const credited = other ? 'mismatch' : await this.books.credit({ tradeNo, actor: { id: actor.userId, reason, idempotencyKey } });
    return typeof credited === 'string' ? refused(why(ctx, credited)) : { topUp: credited.order, replayed: credited.replayed, userErrors: [] };
  }
}

function why(ctx: RequestContext, credited: CreditRefusal): UserError {
  // Nothing else of an order that a hand completes can belong to another one.
  if (credited === 'mismatch') return refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey']);
  if (credited === 'overflow') return refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'quota_range', ['tradeNo']);
  return refusal(ctx, UserErrorCode.CONFLICT, credited === 'not_found' ? 'order_not_found' : 'order_state', ['tradeNo']);
}
