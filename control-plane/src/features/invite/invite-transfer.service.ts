/** Moves what invitations brought to the wallet, where it can be spent. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { refuseKey } from '../../kernel/idempotency-key.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { QuotaError, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { say } from '../../kernel/words/messages.ts';
import { inviteOf, walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal, type Change, type Moved } from '../ledger/movement.ts';
import { integerOption } from '../option/option-values.ts';
import { User } from '../user/user.entity.ts';
import { inviteInfoOf } from './invite-info.ts';
import type { InviteTransferPayload } from './invite.types.ts';

const refused = (error: UserError): InviteTransferPayload => ({ quota: null, invite: null, replayed: false, userErrors: [error] });

/** Ends the transaction without a trace; never leaves this file. */
class Undone extends Error {
  constructor(readonly reason: LedgerRefusal) { super(`The ledger refused: ${reason.code}`); }
}

export class InviteTransferService {
  constructor(private readonly ledger: LedgerService) {}

  /** At least one unit of currency at once, and no more than there is. */
  async transfer(ctx: RequestContext, quota: bigint, key: string): Promise<InviteTransferPayload> {
    const refusedKey = refuseKey(ctx, key);
    if (refusedKey) return refused(refusedKey);
    const least = BigInt(await integerOption(sqlOf(ctx.em), 'QuotaPerUnit'));
    if (quota < least) return refused(Object.assign(new QuotaError(UserErrorCode.OUT_OF_RANGE, 'aff_minimum', say('aff_minimum', ctx.language), ['quota']), { required: least }));
    try {
      const { replayed } = await ctx.em.fork().transactional((em) => this.move(em, callerOf(ctx).userId, quota, key));
      return { quota, invite: inviteInfoOf(await ctx.em.findOneOrFail(User, callerOf(ctx).userId)), replayed, userErrors: [] };
    } catch (fault) {
      if (!(fault instanceof Undone)) throw fault;
      const { code, balance } = fault.reason;
      if (code === 'KEY_REUSED') return refused(refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey']));
      if (code === 'OVERFLOW') return refused(refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'quota_range', ['quota']));
      return refused(Object.assign(new QuotaError(UserErrorCode.INSUFFICIENT_QUOTA, 'aff_quota_low', say('aff_quota_low', ctx.language), ['quota']), { available: balance, required: quota }));
    }
  }

  /** Two movements with our side between them: both, or none. */
  private async move(em: EntityManager, userId: number, amount: bigint, key: string): Promise<Moved> {
    const change = (account: Change['account'], seq: number): Change => ({
      account, seq, amount, counter: 'system:promo', kind: LedgerKind.GRANT, reference: `inviteTransfer:${userId}:${key}`, reason: 'Invite quota moved to the wallet', actorId: userId, idempotencyKey: key,
    });
    const taken = await this.ledger.debit(em, { ...change(inviteOf(userId), 0), floor: 0n });
    if (taken instanceof LedgerRefusal) throw new Undone(taken);
    const given = await this.ledger.credit(em, change(walletOf(userId), 1));
    if (given instanceof LedgerRefusal) throw new Undone(given);
    return given;
  }
}
