import type { Sql } from '../../database/sql.ts';
import { Wake } from '../../kernel/running/wake.ts';
import type { Borrower, Decision, LeaseBook } from './lease-book.ts';
import type { Want } from './read-lease-request.ts';

const patienceMs = 2_000, lookAgainMs = 100, recallEveryMs = 250;

/** Wants for which others must give back first. They are tried again with each return that this instance sees, and ten times a second. */
export class WaitingWants {
  private readonly wakes = new Map<string, Set<Wake>>();
  private readonly recalledAt = new Map<string, number>();

  constructor(private readonly book: LeaseBook, private readonly sql: () => Sql, private readonly recall: (account: string) => Promise<void>) {}

  /** These accounts may have more to lend than before. */
  freed(accounts: Iterable<string>): void {
    for (const account of accounts) this.wakes.get(account)?.forEach((wake) => wake.call());
  }

  /** Asks the holders of the account to give back, though not more often than they can answer. */
  async askBack(account: string): Promise<void> {
    const now = performance.now();
    if (now - (this.recalledAt.get(account) ?? -Infinity) < recallEveryMs) return;
    this.recalledAt.set(account, now);
    if (this.recalledAt.size > 10_000) this.recalledAt.clear();
    await this.recall(account);
  }

  /** Resolves with a decision after at most two seconds; `lent-out` then means that nobody gave back. */
  async decide(borrower: Borrower, want: Want, signal: AbortSignal): Promise<Decision> {
    const wake = new Wake(), until = performance.now() + patienceMs;
    const others = this.wakes.get(want.account) ?? new Set();
    this.wakes.set(want.account, others.add(wake));
    try {
      for (;;) {
        await this.askBack(want.account);
        await wake.wait(lookAgainMs, signal);
        const decision = await this.book.grant(this.sql(), borrower, want);
        if (decision.kind !== 'lent-out' || performance.now() >= until || signal.aborted) return decision;
      }
    } finally {
      others.delete(wake);
      if (others.size === 0) this.wakes.delete(want.account);
    }
  }
}
