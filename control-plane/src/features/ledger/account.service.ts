/** What others may read of accounts. Nobody but the ledger and the lease authority writes them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';

export interface AccountBalance {
  balance: bigint;
  /** What relays may still spend of the balance on their own. */
  leased: bigint;
  /** What is not lent to anyone; below zero when charges exceeded their holds. */
  available: bigint;
}

const none: AccountBalance = { balance: 0n, leased: 0n, available: 0n };

export class AccountService {
  /** One query for any number of accounts, in the order of `names`. An account that never moved has nothing. */
  async balancesOf(em: EntityManager, names: readonly string[]): Promise<AccountBalance[]> {
    const rows = await sqlOf(em)<{ name: string; balance: string; leased: string }>(
      'select name, balance::text, leased::text from account where name = any($1)', [[...names]],
    );
    const found = new Map(rows.map(({ name, ...row }) => {
      const balance = BigInt(row.balance), leased = BigInt(row.leased);
      return [name, { balance, leased, available: balance - leased }] as const;
    }));
    return names.map((name) => found.get(name) ?? none);
  }
}
