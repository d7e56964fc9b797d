/** An operator's hand on a wallet: a signed change with reason and key, on the statement and in the log (LED-18, LED-20). */
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { refuseKey } from '../../kernel/idempotency-key.ts';
import { largestQuota } from '../../kernel/limits.ts';
import { notFound, refusal, Refusals } from '../../kernel/words/refusal.ts';
import { reaches } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { PlainError, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { refusesToManage } from '../user/user-role-rules.ts';
import { User } from '../user/user.entity.ts';
import { walletOf } from './account-name.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';
import { QuotaAdjustMode, type QuotaAdjustInput } from './ledger.inputs.ts';
import { QuotaAdjustPayload } from './ledger.payloads.ts';
import type { LedgerService } from './ledger.service.ts';
import { LedgerRefusal, type Moved, type Movement } from './movement.ts';

const longestReason = 500;

/** What makes the movement happen once. */
export type MovementName = Pick<Movement, 'reference' | 'idempotencyKey'>;

/** `logs`: rows to tell of after the commit; none when nothing moved now. */
export interface Applied { moved: Moved; logs?: LogRange }

export class QuotaAdjustService {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly ledger: LedgerService, readonly tell: (logs: LogRange) => void) {}

  async adjust(ctx: RequestContext, id: string, input: QuotaAdjustInput, idempotencyKey: string): Promise<QuotaAdjustPayload> {
    const faults = check(ctx, input, idempotencyKey);
    if (faults.any) return new QuotaAdjustPayload(faults.list);
    const user = await ctx.em.findOne(User, { id: readId('user', id), deletedAt: null });
    if (!user || !reaches(ctx, user.id)) return new QuotaAdjustPayload([notFound(ctx)]);
    const reason = refusesToManage(callerOf(ctx), user);
    if (reason) return new QuotaAdjustPayload([refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, ['id'])]);
    const name = { reference: `userQuotaAdjust:${callerOf(ctx).userId}:${idempotencyKey}`, idempotencyKey };
    const applied = await ctx.em.fork().transactional((em) => this.apply(em, ctx, user, input, name));
    if (applied instanceof LedgerRefusal) return new QuotaAdjustPayload([refused(ctx, applied)]);
    const { moved, logs } = applied;
    if (logs) this.tell(logs);
    const ledgerEntry = moved.entryId === undefined ? null : await ctx.em.findOne(LedgerEntry, Number(moved.entryId));
    return Object.assign(new QuotaAdjustPayload(), { user, before: moved.before, after: moved.after, replayed: moved.replayed, ledgerEntry });
  }

  /** In the transaction of `em`, and last in it. Whoever calls it has checked the input, and calls `tell` after the commit. */
  async apply(em: RequestContext['em'], ctx: RequestContext, user: User, input: QuotaAdjustInput, name: MovementName): Promise<Applied | LedgerRefusal> {
    const moved = await this.move(em, ctx, user, input, name), now = ctx.clock.now();
    if (moved instanceof LedgerRefusal) return moved;
    if (moved.replayed || moved.before === moved.after) return { moved };
    return { moved, logs: await insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId: user.id, content: sentence(ctx, input, moved) }], now) };
  }

  private move(em: RequestContext['em'], ctx: RequestContext, user: User, input: QuotaAdjustInput, name: MovementName): Promise<Moved | LedgerRefusal> {
    const { mode, quota, expectedQuota } = input;
    const movement = {
      account: walletOf(user.id), counter: 'system:adjustment', kind: LedgerKind.ADJUSTMENT, reason: input.reason.trim(), actorId: callerOf(ctx).userId, ...name,
    } as const;
    if (mode === QuotaAdjustMode.ADD) return this.ledger.credit(em, { ...movement, amount: quota });
    if (mode === QuotaAdjustMode.SUBTRACT) return this.ledger.debit(em, { ...movement, amount: quota });
    return this.ledger.adjust(em, { ...movement, balance: quota, expected: expectedQuota ?? undefined });
  }
}

function check(ctx: RequestContext, { mode, quota, reason }: QuotaAdjustInput, key: string): Refusals {
  const faults = new Refusals(ctx), isOverride = mode === QuotaAdjustMode.OVERRIDE;
  const least = isOverride ? -largestQuota : 1n;
  faults.unless(quota >= least && quota <= largestQuota, 'quota_range', ['input', 'quota'], UserErrorCode.OUT_OF_RANGE, { min: String(least), max: String(largestQuota) });
  const { length } = reason.trim();
  faults.unless(length > 0 && length <= longestReason, 'reason_length', ['input', 'reason'], length === 0 ? UserErrorCode.REQUIRED : UserErrorCode.TOO_LONG);
  const refusedKey = refuseKey(ctx, key);
  if (refusedKey) faults.list.push(refusedKey);
  return faults;
}

function refused(ctx: RequestContext, { code }: LedgerRefusal): UserError {
  if (code === 'KEY_REUSED') return refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey']);
  if (code === 'CHANGED') return refusal(ctx, UserErrorCode.CONFLICT, 'version_conflict', ['input', 'expectedQuota']);
  return refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'quota_range', ['input', 'quota']) satisfies PlainError;
}

function sentence(ctx: RequestContext, { reason }: QuotaAdjustInput, { before, after }: Moved): string {
  const { username, userId } = callerOf(ctx), delta = after - before;
  return `${username} (${userId}) changed the quota by ${delta >= 0n ? '+' : ''}${delta} to ${after}: ${reason.trim()}`;
}
