/** One reader of the live log: replay, rate, frames, heartbeats. Pulled by the socket, so nothing is sent to one that does not take it. */
import type { Condition } from '../log-filter.ts';
import { matches } from '../log-filter.ts';
import type { LogRecord } from '../log-record.ts';
import { Log } from '../log.type.ts';
import { RowRate } from './row-rate.ts';
import { TailBuffer, type Hole } from './tail-buffer.ts';
import { LogBatch, LogGap, LogHeartbeat, type TailEvent } from './tail-events.ts';
import type { TailReader } from './tail-feed.ts';

export const frameMs = 200, frameRows = 50, bufferRows = 1_000, heartbeatMs = 10_000;

export interface TailOptions {
  conditions: readonly Condition[];
  maxPerSecond: number;
  /** Writes the cursor of a sequence number. */
  cursor: (seq: number) => string;
  nowMs: () => number;
  /** Resolves after so many milliseconds, or when the signal fires. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Rows from before the reader followed, in their order; a hole where some are not replayed. */
  replay: AsyncIterator<Hole | LogRecord[]>;
}

export class LogTail implements TailReader {
  private readonly buffer = new TailBuffer(bufferRows);
  private readonly rate: RowRate;
  private replaying = true;
  private seen: number;
  private lastFrameMs = Number.NEGATIVE_INFINITY;
  private woken = new AbortController();
  private readonly ended = new AbortController();

  /** @param from sequence number up to which the replay goes; rows after it are offered */
  constructor(from: number, private readonly options: TailOptions) {
    this.seen = from;
    this.rate = new RowRate(options.maxPerSecond, options.nowMs());
  }

  offer(rows: readonly LogRecord[]): void {
    const now = this.options.nowMs();
    for (const row of rows) {
      if (!matches(this.options.conditions, row)) continue;
      if (this.rate.allows(now)) this.buffer.push(row);
      else this.buffer.skip(row);
    }
    this.seen = rows.at(-1)!.seq;
    if (this.buffer.size) this.woken.abort();
  }

  end(): void {
    this.ended.abort();
    this.woken.abort();
  }

  /** The next event; undefined when the reader has been ended. */
  async next(): Promise<TailEvent | undefined> {
    await this.pause();
    if (this.ended.signal.aborted) return undefined;
    const item = await this.take();
    if (!item) return this.ended.signal.aborted ? undefined : this.heartbeat();
    this.lastFrameMs = this.options.nowMs();
    return Array.isArray(item) ? this.batch(item) : this.gap(item);
  }

  /** At most one frame in 200 ms. */
  private async pause(): Promise<void> {
    const waitMs = this.lastFrameMs + frameMs - this.options.nowMs();
    if (waitMs > 0) await this.options.sleep(waitMs, this.ended.signal);
  }

  /** What comes next, waiting up to a heartbeat's time for it. */
  private async take(): Promise<Hole | LogRecord[] | undefined> {
    if (this.replaying) {
      const { value, done } = await this.options.replay.next();
      if (!done) return value;
      this.replaying = false;
    }
    if (!this.buffer.size) {
      this.woken = new AbortController();
      await this.options.sleep(heartbeatMs, this.woken.signal);
    }
    return this.buffer.take(frameRows);
  }

  private batch(rows: LogRecord[]): LogBatch {
    const last = rows.at(-1)!;
    // Of what waits nothing is older than the last row, so the reader may go on from there.
    return Object.assign(new LogBatch(), {
      logs: rows.map((row) => new Log(row)), cursor: this.options.cursor(last.seq), lagMs: Math.max(0, this.options.nowMs() - last.at.getTime()),
    });
  }

  private gap({ from, to, dropped }: Hole): LogGap {
    const { cursor } = this.options;
    return Object.assign(new LogGap(), { dropped, from: cursor(from - 1), to: cursor(to), sequenceFrom: BigInt(from), sequenceTo: BigInt(to) });
  }

  private heartbeat(): LogHeartbeat {
    return Object.assign(new LogHeartbeat(), { cursor: this.options.cursor(this.seen), at: new Date(this.options.nowMs()) });
  }
}
