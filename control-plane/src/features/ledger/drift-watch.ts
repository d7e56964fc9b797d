/** Looks for drift each minute (LED-04). An account that does not add up lends nothing more until a person has looked. */
import { rest } from '../../kernel/running/rest.ts';
import { IsolationLevel } from '@mikro-orm/core';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { blockedByLeases } from './audit-checks.ts';
import { audit } from './auditor.ts';

const everyMs = 60_000, fullEveryMs = 24 * 3_600_000;

export class DriftWatch extends Loop {
  constructor(orm: MikroORM, log: Logger, betweenMs = everyMs) {
    const books = new CheckedBooks();
    let fullAt = performance.now() + fullEveryMs;
    super('ledger audit', async (signal) => {
      await rest(betweenMs, signal);
      if (signal.aborted) return;
      const drifted = await inOneMoment(orm, (sql) => books.look(sql));
      if (drifted.length > 0) {
        log.error({ alert: 'ledger_drift', accounts: drifted.slice(0, 50) }, 'ledger: accounts do not add up and are frozen; run the auditor');
        await sqlOf(orm.em.fork())('update account set frozen = true where name = any($1) and not frozen', [drifted]);
      }
      if (performance.now() < fullAt) return;
      fullAt = performance.now() + fullEveryMs;
      for (const { check, count, examples } of await inOneMoment(orm, audit)) {
        if (count > 0) log.error({ alert: 'ledger_audit', check: check.name, count, examples }, `ledger: ${check.meaning}`);
      }
    }, log);
  }
}

const inOneMoment = <T>(orm: MikroORM, work: (sql: Sql) => Promise<T>): Promise<T> =>
  orm.em.fork().transactional((em) => work(sqlOf(em)), { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });

/** Remembers what it has added up, so that a look costs as much as what happened since. */
export class CheckedBooks {
  /** Sums of entries by account, over all entries up to `upTo`. */
  private readonly sums = new Map<string, bigint>();
  private upTo = 0n;

  /** Names of accounts whose balance or leases do not add up, frozen ones left out. */
  async look(sql: Sql): Promise<string[]> {
    await this.addUp(sql);
    const accounts = await sql<{ name: string; balance: string; leased: string; blocked: string }>(`
      select a.name, a.balance::text, a.leased::text, coalesce(l.amount, 0)::text as blocked
      from account a left join (${blockedByLeases}) l on l.account = a.name where a.kind <> 'SYSTEM' and not a.frozen`);
    const drifted: string[] = [];
    for (const { name, balance, leased, blocked } of accounts) {
      const isRight = BigInt(balance) === (this.sums.get(name) ?? 0n) || BigInt(balance) === (await this.addUpWhole(sql, name));
      if (!isRight || leased !== blocked) drifted.push(name);
    }
    return drifted;
  }

  private async addUp(sql: Sql): Promise<void> {
    const rows = await sql<{ account: string; sum: string; last: string }>(`
      select account, sum(amount)::text as sum, max(id)::text as last from ledger_entry where id > $1 and balance_after is not null group by account`, [this.upTo]);
    for (const { account, sum, last } of rows) {
      this.sums.set(account, (this.sums.get(account) ?? 0n) + BigInt(sum));
      if (BigInt(last) > this.upTo) this.upTo = BigInt(last);
    }
  }

  // Entries that were numbered before our last look and committed after it are in no sum of ours: add up from the start
  // before calling it drift.
  private async addUpWhole(sql: Sql, name: string): Promise<bigint> {
    const [row] = await sql<{ sum: string }>('select coalesce(sum(amount), 0)::text as sum from ledger_entry where account = $1', [name]);
    const sum = BigInt(row!.sum);
    this.sums.set(name, sum);
    return sum;
  }
}
