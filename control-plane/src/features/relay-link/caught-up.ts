import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import type { RelayRegistry } from './relay-registry.ts';

const lookEachMs = 5, patienceMs = 300;
/** Relays say each second, and with each version, that they are there: one that has missed its beat is not waited for. */
const beatenMs = 1_500;

/**
 * Lets a change be answered when relays act on it: who makes a key and uses it in the next moment is not refused, and who
 * switches one off knows that it is off. Waits 300 ms at most; a change is committed and on its way in any case.
 */
export class CaughtUp {
  constructor(private readonly sql: Sql, private readonly relays: RelayRegistry, private readonly clock: Clock) {}

  /** Call it after the commit. Never rejects. */
  async wait(): Promise<void> {
    const patience = new AbortController();
    try {
      await Promise.race([this.follow(patience.signal), sleep(patienceMs, undefined, { signal: patience.signal })]);
    } catch { /* a database or Redis that is away is told by what needs it */ } finally {
      patience.abort();
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    if ((await this.versions()).length === 0) return;
    const [newest] = await this.sql<{ id: string | null }>('select max(id) as id from snapshot_change');
    const version = await this.published(newest!.id, signal);
    while (!signal.aborted && (await this.versions()).some((held) => held < version)) await sleep(lookEachMs);
  }

  /** The version that has all changes up to one; null: nothing waits. */
  private async published(newest: string | null, signal: AbortSignal): Promise<number> {
    for (;;) {
      const [row] = await this.sql<{ waits: boolean; version: number | null }>(
        'select exists (select from snapshot_change where id <= $1) as waits, (select version from snapshot_state) as version', [newest]);
      if (!row!.waits || signal.aborted) return row!.version ?? 0;
      await sleep(lookEachMs);
    }
  }

  private async versions(): Promise<number[]> {
    const now = this.clock.now().getTime();
    return (await this.relays.versions()).filter(({ seenAt }) => now - seenAt < beatenMs).map(({ version }) => version);
  }
}
