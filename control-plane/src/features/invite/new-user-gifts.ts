/** What a new account brings: quota for its owner, and for who invited them (semantics 8.2). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { inviteOf, walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal, type Movement } from '../ledger/movement.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { readOptions } from '../option/option-values.ts';
import type { User } from '../user/user.entity.ts';

type Gift = Pick<Movement, 'account' | 'reference' | 'reason'> & { amount: bigint };

export class NewUserGifts {
  constructor(private readonly ledger: LedgerService) {}

  /** Whose code it is; null for none, an unknown one, or one of an account that is gone. */
  async inviterOf(em: EntityManager, code: string | null | undefined): Promise<number | null> {
    if (!code || code.length > 16) return null;
    const [row] = await sqlOf(em)<{ id: number }>('select id from user_account where invite_code = $1 and deleted_at is null', [code]);
    return row?.id ?? null;
  }

  /** Last in the transaction that makes the user. Each gift happens once, for ever. The rows it returns are to be told after the commit. */
  async give(em: EntityManager, user: User, now: Date): Promise<LogRange | undefined> {
    const sql = sqlOf(em), options = await readOptions(sql, ['QuotaForNewUser', 'QuotaForInvitee', 'QuotaForInviter']), { id, inviterId } = user;
    const quotaOf = (key: 'QuotaForNewUser' | 'QuotaForInvitee' | 'QuotaForInviter') => BigInt(options.get(key)!);
    const own: Gift[] = [{ account: walletOf(id), reference: `signup:user:${id}`, reason: 'Gift for a new user', amount: quotaOf('QuotaForNewUser') }];
    if (inviterId != null) own.push({ account: walletOf(id), reference: `invited:user:${id}`, reason: 'Gift for an invited user', amount: quotaOf('QuotaForInvitee') });
    const given = own.filter(({ amount }) => amount > 0n);
    for (const gift of given) await this.credit(em, gift);
    if (inviterId != null) await this.thank(em, sql, inviterId, id, quotaOf('QuotaForInviter'));
    return insertLogRows(sql, given.map(({ reason, amount }) => ({ at: now.getTime(), type: logTypes.SYSTEM, userId: id, content: `${reason}: ${amount}` })), now);
  }

  private async thank(em: EntityManager, sql: Sql, inviterId: number, userId: number, amount: bigint): Promise<void> {
    await sql('update user_account set invite_count = invite_count + 1, invite_earned = invite_earned + $2 where id = $1', [inviterId, amount]);
    if (amount > 0n) await this.credit(em, { account: inviteOf(inviterId), reference: `invite:user:${userId}`, reason: `Invited user ${userId}`, amount });
  }

  private async credit(em: EntityManager, gift: Gift): Promise<void> {
    const moved = await this.ledger.credit(em, { ...gift, counter: 'system:promo', kind: LedgerKind.GRANT });
    if (moved instanceof LedgerRefusal) throw new Error(`The gift ${gift.reference} was refused: ${moved.code}`);
  }
}
