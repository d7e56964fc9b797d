/** Figures of the last minute, again and again. */
import type { Sql } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { logTypes } from '../../log/log-row.ts';
import type { UsageTick } from './usage-tick.type.ts';

const minuteMs = 60_000;

const statement = `select count(*) filter (where type = ${logTypes.CONSUME})::int as requests, count(*) filter (where type = ${logTypes.ERROR})::int as errors,
  coalesce(sum(prompt_tokens + completion_tokens) filter (where type = ${logTypes.CONSUME}), 0)::text as tokens, coalesce(sum(quota) filter (where type = ${logTypes.CONSUME}), 0)::text as quota
  from log where created_at > $1 and created_at <= $2`;

/** @param userId whose; undefined: everybody's */
export async function readTick(sql: Sql, userId: number | undefined, at: Date): Promise<UsageTick> {
  const values = [new Date(at.getTime() - minuteMs), at, ...(userId === undefined ? [] : [userId])];
  const [row] = await sql<{ requests: number; errors: number; tokens: string; quota: string }>(`${statement}${userId === undefined ? '' : ' and user_id = $3'}`, values);
  const { requests, errors, tokens, quota } = row!;
  return { at, rpm: requests, tpm: BigInt(tokens), quotaPerMinute: BigInt(quota), errorRate: requests + errors === 0 ? 0 : errors / (requests + errors) };
}

export interface TickerRoom {
  sql: () => Sql;
  clock: Clock;
  /** Ends early when the signal is aborted. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The first tick at once. By hand and not as a generator function: `return` must end a reader that waits. */
export class UsageTicker implements AsyncGenerator<UsageTick, void> {
  private readonly ending = new AbortController();
  private isFirst = true;

  constructor(private readonly room: TickerRoom, private readonly asked: { userId: number | undefined; everyMs: number }, private readonly onEnd: () => void) {}

  async next(): Promise<IteratorResult<UsageTick, void>> {
    const { room: { sql, clock, sleep }, ending: { signal } } = this;
    if (!this.isFirst && !signal.aborted) await sleep(this.asked.everyMs, signal);
    this.isFirst = false;
    return signal.aborted ? { value: undefined, done: true } : { value: await readTick(sql(), this.asked.userId, clock.now()), done: false };
  }

  async return(): Promise<IteratorResult<UsageTick, void>> {
    if (!this.ending.signal.aborted) {
      this.ending.abort();
      this.onEnd();
    }
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<UsageTick, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this { return this; }

  async [Symbol.asyncDispose](): Promise<void> { await this.return(); }
}
