/** The one way to move money or limits by hand (settled requests are posted in bulk by features/usage). */
import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { budgetOf } from './account-name.ts';
import { AccountKind, largestBalance } from './account.entity.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';
import { hashOf, LedgerRefusal, type Change, type Moved, type Movement, type Override } from './movement.ts';

type Sizing = (balance: bigint) => bigint | LedgerRefusal;

const postStatement = `
  with posted as (
    insert into ledger_transaction (reference, kind, seq, input_hash, account, balance_after, reason, actor_id, idempotency_key, corrects, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (reference, kind, seq) do nothing
    returning id
  ), moved as (
    update account set balance = balance + $12::bigint, version = version + 1
    where name = $5 and $12::bigint <> 0 and balance + $12::bigint = $6 and exists (select from posted)
    returning balance
  ), entered as (
    insert into ledger_entry (transaction_id, account, amount, balance_after)
    select posted.id, line.account, line.amount, line.after
    from posted, (values ($5, $12::bigint, $6::bigint), ($13, -$12::bigint, null)) line (account, amount, after)
    where line.amount <> 0
    returning id, account
  )
  select posted.id, (select entered.id from entered where entered.account = $5) as entry, (select count(*) from moved)::int as moved from posted`;

const earlierStatement = `
  select t.id, t.input_hash as hash, t.balance_after as after, e.id as entry, coalesce(e.amount, 0)::text as amount
  from ledger_transaction t left join ledger_entry e on e.transaction_id = t.id and e.account = t.account
  where t.reference = $1 and t.kind = $2 and t.seq = $3`;

interface Posted { id: string; entry: string | null; moved: number }
interface Earlier { id: string; hash: string; after: string; entry: string | null; amount: string }

export class LedgerService {
  constructor(private readonly clock: Clock) {}

  /** Adds to an account, and makes it if need be. */
  credit(em: EntityManager, change: Change): Promise<Moved | LedgerRefusal> {
    return this.move(em, change, hashOf('credit', change), (balance) => (change.amount > 0n ? change.amount : new LedgerRefusal('AMOUNT', balance)));
  }

  /** Takes from an account: below zero too, unless `floor` is given. */
  debit(em: EntityManager, change: Change): Promise<Moved | LedgerRefusal> {
    return this.move(em, change, hashOf('debit', change), (balance) => {
      if (change.amount <= 0n) return new LedgerRefusal('AMOUNT', balance);
      if (change.floor !== undefined && balance - change.amount < change.floor) return new LedgerRefusal('INSUFFICIENT', balance);
      return -change.amount;
    });
  }

  /** Sets a balance. Posts the difference, which is a signed change like any other. */
  adjust(em: EntityManager, override: Override): Promise<Moved | LedgerRefusal> {
    return this.move(em, override, hashOf('adjust', override), (balance) => {
      if (override.expected !== undefined && override.expected !== balance) return new LedgerRefusal('CHANGED', balance);
      return override.balance - balance;
    });
  }

  /**
   * Sets what a token may still spend; null: it is unlimited now, and its account only keeps count.
   * A budget is a limit, not money: its other side is `system:token_limit`. A token that its charges had switched off works
   * again when something is left; the caller marks it for the relays (`touch`), as for any change.
   */
  async setTokenBudget(em: EntityManager, tokenId: number, remain: bigint | null, actorId?: number): Promise<Moved | LedgerRefusal | null> {
    if (remain === null) return null;
    const account = budgetOf(tokenId);
    const moved = await this.adjust(em, { account, counter: 'system:token_limit', kind: LedgerKind.LIMIT, reference: `${account}:${randomUUID()}`, balance: remain, actorId });
    if (remain > 0n) await sqlOf(em)(`update token set status = 'ENABLED' where id = $1 and status = 'EXHAUSTED'`, [tokenId]);
    return moved;
  }

  /** Runs in the transaction of `em`, or in one of its own. */
  private move(em: EntityManager, movement: Movement, hash: string, sizing: Sizing): Promise<Moved | LedgerRefusal> {
    if (!em.isInTransaction()) return em.transactional((own) => this.move(own, movement, hash, sizing));
    return this.post(sqlOf(em), movement, hash, sizing);
  }

  private async post(sql: Sql, movement: Movement, hash: string, sizing: Sizing): Promise<Moved | LedgerRefusal> {
    // From here on nobody else changes this balance, so all that is decided below still holds when it is written.
    const balance = await lock(sql, movement.account);
    const earlier = await this.earlier(sql, movement, hash, balance);
    if (earlier) return earlier;
    const delta = sizing(balance);
    if (delta instanceof LedgerRefusal) return delta;
    const after = balance + delta;
    if (after > largestBalance || after < -largestBalance) return new LedgerRefusal('OVERFLOW', balance);
    const { account, counter, kind, reference, seq = 0, reason, actorId, idempotencyKey, corrects } = movement;
    const [posted] = await sql<Posted>(postStatement, [
      reference, kind, seq, hash, account, after, reason ?? null, actorId ?? null, idempotencyKey ?? null, corrects ?? null, this.clock.now(), delta, counter,
    ]);
    // The reference was taken in this moment by a movement of another account.
    if (!posted) return new LedgerRefusal('KEY_REUSED', balance);
    if (delta !== 0n && posted.moved !== 1) throw new Error(`The balance of ${account} changed under its lock`);
    return { transactionId: BigInt(posted.id), entryId: posted.entry === null ? undefined : BigInt(posted.entry), before: balance, after, replayed: false };
  }

  private async earlier(sql: Sql, { reference, kind, seq = 0 }: Movement, hash: string, balance: bigint): Promise<Moved | LedgerRefusal | undefined> {
    const [row] = await sql<Earlier>(earlierStatement, [reference, kind, seq]);
    if (!row) return undefined;
    if (row.hash !== hash) return new LedgerRefusal('KEY_REUSED', balance);
    const after = BigInt(row.after);
    return { transactionId: BigInt(row.id), entryId: row.entry === null ? undefined : BigInt(row.entry), before: after - BigInt(row.amount), after, replayed: true };
  }
}

/**
 * Locks the account until the transaction ends, and makes it when it is new. Returns its balance. The row of its owner is
 * taken first, as the settlement does: in the other order the two would wait for each other.
 */
async function lock(sql: Sql, account: string): Promise<bigint> {
  const [owner, id] = account.split(':');
  await sql(`select from ${owner === 'token' ? 'token' : 'user_account'} where id = $1 for no key update`, [id]);
  const read = () => sql<{ balance: string }>('select balance::text from account where name = $1 for update', [account]);
  let [row] = await read();
  if (!row) {
    const kind = account.startsWith('token:') ? AccountKind.BUDGET : AccountKind.WALLET;
    await sql('insert into account (name, kind) values ($1, $2) on conflict do nothing', [account, kind]);
    [row] = await read();
  }
  return BigInt(row!.balance);
}
