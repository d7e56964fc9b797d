/** Wakes the readers of this instance when one of the tables that they read has grown. One look a second, none while nobody reads. */
import type { Sql } from '../../database/sql.ts';

export type Sequence = 'live_change_id_seq' | 'ledger_entry_id_seq' | 'notification_id_seq';

const everyMs = 1_000;
/** A number is drawn before its row can be seen: those who were woken are woken again this often. */
const echoes = 3;

const look = `select (select last_value from live_change_id_seq)::text as live_change_id_seq, (select last_value from ledger_entry_id_seq)::text as ledger_entry_id_seq,
  (select last_value from notification_id_seq)::text as notification_id_seq`;

export class Pulse {
  private readonly readers = new Map<() => void, Sequence>();
  private readonly left = new Map<Sequence, number>();
  private seen: Partial<Record<Sequence, string>> = {};
  private timer: NodeJS.Timeout | undefined;

  /** @param sql on a connection of its own for each call; failures are looked at again in a second */
  constructor(private readonly sql: () => Sql) {}

  follow(sequence: Sequence, wake: () => void): void {
    this.readers.set(wake, sequence);
    if (this.timer) return;
    this.timer = setInterval(() => { void this.beat(); }, everyMs);
    this.timer.unref();
  }

  leave(wake: () => void): void {
    this.readers.delete(wake);
    if (this.readers.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async beat(): Promise<void> {
    const [row] = await this.sql()<Record<Sequence, string>>(look).catch(() => []);
    if (!row) return;                                    // the database is away: the next beat looks again
    for (const name of Object.keys(row) as Sequence[]) {
      if (row[name] !== this.seen[name]) this.left.set(name, echoes);
      const due = this.left.get(name) ?? 0;
      if (due === 0) continue;
      this.left.set(name, due - 1);
      for (const [wake, sequence] of this.readers) if (sequence === name) wake();
    }
    this.seen = row;
  }
}
