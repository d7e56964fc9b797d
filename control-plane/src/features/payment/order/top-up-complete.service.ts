/** An administrator completes an order that was paid and of which no notice came. */
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { refusesToManage } from '../../user/user-role-rules.ts';
import { User } from '../../user/user.entity.ts';
import type { CreditRefusal, OrderBooks } from './order-books.ts';
import { TopUp } from './top-up.entity.ts';
import type { TopUpPayload } from './top-up.payloads.ts';

const longestReason = 500;

const refused = (error: UserError): TopUpPayload => ({ topUp: null, userErrors: [error] });

export class TopUpCompleteService {
  constructor(private readonly books: OrderBooks) {}

  /** An order that is done answers success again. Nobody completes orders of an equal or higher role, their own included; root does. */
  async complete(ctx: RequestContext, tradeNo: string, reason: string): Promise<TopUpPayload> {
    const length = reason.trim().length, order = await ctx.em.findOne(TopUp, { tradeNo });
    if (length === 0 || length > longestReason) return refused(refusal(ctx, UserErrorCode.REQUIRED, 'reason_length', ['reason']));
    if (!order) return refused(refusal(ctx, UserErrorCode.NOT_FOUND, 'order_not_found', ['tradeNo']));
    const actor = callerOf(ctx), denied = refusesToManage(actor, await ctx.em.findOneOrFail(User, order.userId));
    if (denied) return refused(refusal(ctx, UserErrorCode.NOT_ALLOWED, denied, ['tradeNo']));
    const credited = await this.books.credit({ tradeNo, actor: { id: actor.userId, reason: reason.trim() } });
    return typeof credited === 'string' ? refused(why(ctx, credited)) : { topUp: credited.order, userErrors: [] };
  }
}

function why(ctx: RequestContext, credited: CreditRefusal): UserError {
  if (credited === 'overflow') return refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'quota_range', ['tradeNo']);
  return refusal(ctx, UserErrorCode.CONFLICT, credited === 'not_found' ? 'order_not_found' : 'order_state', ['tradeNo']);
}
