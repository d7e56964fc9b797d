/** Redeeming: one conditional write decides who gets the credit, in the transaction that posts it (LED-17). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { refuseKey } from '../../kernel/idempotency-key.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { PlainError, UserErrorCode } from '../../kernel/words/user-error.ts';
import { walletOf } from '../ledger/account-name.ts';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal, type Moved } from '../ledger/movement.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { readCode } from './redemption-code.ts';
import { Redemption, RedemptionStatus } from './redemption.entity.ts';
import { RedeemPayload } from './redemption.payloads.ts';

interface Claimed { id: number; code: string; name: string; quota: string }
interface Credited { moved: Moved; quota: bigint; logs?: LogRange }

/** Ends the transaction without a trace; never leaves this file. */
class Undone extends Error {
  constructor(readonly reason: LedgerRefusal) { super(`The ledger refused: ${reason.code}`); }
}

const claimStatement = `
  update redemption set status = 'USED', redeemed_by_id = $2, redeemed_at = $3, redeem_key = $4, version = version + 1
  where code = $1 and status = 'ENABLED' and deleted_at is null and (expires_at is null or expires_at > $3)
  returning id, code, name, quota::text`;

export class RedeemService {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly ledger: LedgerService, private readonly limits: RateLimits, private readonly tell: (logs: LogRange) => void) {}

  /** Tries that fail are counted against the caller, so that nobody guesses. Throws THROTTLED. */
  async redeem(ctx: RequestContext, text: string, key: string): Promise<RedeemPayload> {
    const user = String(callerOf(ctx).userId), refusedKey = refuseKey(ctx, key);
    if (refusedKey) return new RedeemPayload([refusedKey]);
    const limited = await this.limits.take('redeem', user);
    if (limited) throw throttled(ctx, limited);
    const code = readCode(text);
    const result = code === undefined ? refuse(ctx, 'redemption_invalid') : await this.attempt(ctx, code, key);
    if (result instanceof PlainError) return new RedeemPayload([result]);
    await this.limits.giveBack('redeem', user);
    if (result.logs) this.tell(result.logs);
    const { moved: { entryId, replayed }, quota } = result;
    const ledgerEntry = entryId === undefined ? null : await ctx.em.findOne(LedgerEntry, Number(entryId));
    return Object.assign(new RedeemPayload(), { quota, replayed, ledgerEntry });
  }

  private async attempt(ctx: RequestContext, code: string, key: string): Promise<Credited | PlainError> {
    try {
      return (await ctx.em.fork().transactional((em) => this.claim(em, ctx, code, key))) ?? (await whyNot(ctx, code));
    } catch (fault) {
      if (!(fault instanceof Undone)) throw fault;
      // The wallet is full, or the ledger knows that this code was redeemed before: after a restore of one table, say.
      return fault.reason.code === 'OVERFLOW' ? refuse(ctx, 'quota_range', UserErrorCode.OUT_OF_RANGE) : refuse(ctx, 'redemption_used', UserErrorCode.TAKEN);
    }
  }

  /** Undefined when the code is not there to be claimed. */
  private async claim(em: EntityManager, ctx: RequestContext, code: string, key: string): Promise<Credited | PlainError | undefined> {
    const { userId } = callerOf(ctx), sql = sqlOf(em), now = ctx.clock.now();
    // One after the other for each user: the same key at the same moment finds what the first one did.
    await sql('select from user_account where id = $1 for no key update', [userId]);
    const [earlier] = await sql<Claimed>('select id, code, name, quota::text from redemption where redeemed_by_id = $1 and redeem_key = $2', [userId, key]);
    if (earlier && earlier.code !== code) return refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey']);
    const [claimed] = earlier ? [earlier] : await sql<Claimed>(claimStatement, [code, userId, now, key]);
    if (!claimed) return undefined;
    const moved = await this.credit(em, userId, claimed, key);
    if (moved instanceof LedgerRefusal) throw new Undone(moved);
    const credited = { moved, quota: BigInt(claimed.quota) };
    if (moved.replayed) return credited;
    const content = `Redeemed code ${claimed.id} (${claimed.name}) for ${claimed.quota}`;
    return { ...credited, logs: await insertLogRows(sql, [{ at: now.getTime(), type: logTypes.TOPUP, userId, content }], now) };
  }

  private credit(em: EntityManager, userId: number, { id, quota }: Claimed, key: string): Promise<Moved | LedgerRefusal> {
    return this.ledger.credit(em, {
      account: walletOf(userId), counter: 'system:promo', kind: LedgerKind.REDEMPTION, amount: BigInt(quota), reference: `redemption:${id}`,
      reason: `Redemption code ${id}`, actorId: userId, idempotencyKey: key,
    });
  }
}

const refuse = (ctx: RequestContext, message: MessageCode, code = UserErrorCode.INVALID): PlainError => refusal(ctx, code, message, ['code']);

/** A disabled or deleted code looks like one that never was. */
async function whyNot(ctx: RequestContext, code: string): Promise<PlainError> {
  const found = await ctx.em.fork().findOne(Redemption, { code, deletedAt: null });
  if (found?.status === RedemptionStatus.USED) return refuse(ctx, 'redemption_used', UserErrorCode.TAKEN);
  if (found?.status === RedemptionStatus.ENABLED) return refuse(ctx, 'redemption_expired', UserErrorCode.EXPIRED);
  return refuse(ctx, 'redemption_invalid');
}
