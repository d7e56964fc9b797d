/**
 * New rows of the log, read once for an instance and handed to every reader. A message on `weir:logs` says that there
 * are some; a slow timer looks as well, because a message may be lost. Nothing is read while nobody follows.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { sqlOf } from '../../../database/sql.ts';
import type { Worker } from '../../../kernel/running/worker.ts';
import { logChannel } from '../insert-logs.ts';
import { readRecords, type LogRecord } from '../log-record.ts';

const lookEveryMs = 5_000;
const pageRows = 500;

export interface TailReader {
  /** New rows, in the order of commits. Must not throw. */
  offer(rows: readonly LogRecord[]): void;
}

export class TailFeed implements Worker {
  private readonly readers = new Set<TailReader>();
  private readonly subscriber: Redis;
  private timer: NodeJS.Timeout | undefined;
  private last = 0;
  private followers = 0;
  private ready: Promise<void> | undefined;
  private reading: Promise<void> | undefined;
  private again = false;

  constructor(private readonly orm: MikroORM, redis: Redis, private readonly log: Logger) {
    this.subscriber = redis.duplicate({ lazyConnect: true, commandTimeout: undefined, maxRetriesPerRequest: null });
    this.subscriber.on('message', () => this.wake());
    this.subscriber.on('error', (error: unknown) => this.log.debug({ err: error }, 'live log: Redis is away'));
  }

  start(): void {
    this.timer = setInterval(() => this.wake(), lookEveryMs);
    this.timer.unref();
    // Not awaited: without Redis the timer still finds new rows.
    this.subscriber.subscribe(logChannel).catch((error: unknown) => this.log.warn({ err: error }, 'live log: subscribing failed'));
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.subscriber.disconnect();
    await this.reading;
  }

  get readerCount(): number { return this.readers.size; }

  /** Everything after the returned sequence number is offered to the reader. */
  async follow(reader: TailReader): Promise<number> {
    if (this.followers++ === 0) this.ready = this.begin();
    try {
      await this.ready;
    } catch (error) {
      this.followers -= 1;
      throw error;
    }
    // In one step: what is read next is everything after this number, and goes to this reader too.
    this.readers.add(reader);
    return this.last;
  }

  leave(reader: TailReader): void {
    if (this.readers.delete(reader)) this.followers -= 1;
  }

  /** Nobody followed, so rows since the last look belong to nobody: only those from now on do. */
  private async begin(): Promise<void> {
    await this.reading;
    this.last = await this.newest();
  }

  private async newest(): Promise<number> {
    const [row] = await sqlOf(this.orm.em.fork())<{ seq: string }>('select coalesce(max(seq), 0)::text as seq from log');
    return Number(row!.seq);
  }

  /** Looks now, or again after the look that is under way. */
  wake(): void {
    if (!this.readers.size) return;
    this.again = true;
    this.reading ??= this.read()
      .catch((error: unknown) => this.log.warn({ err: error }, 'live log: reading new rows failed'))
      .finally(() => { this.reading = undefined; });
  }

  private async read(): Promise<void> {
    while (this.again) {
      this.again = false;
      const rows = await readRecords(sqlOf(this.orm.em.fork()), `where seq > $1 order by seq limit ${pageRows}`, [this.last]);
      if (!rows.length) continue;
      this.last = rows.at(-1)!.seq;
      for (const reader of this.readers) reader.offer(rows);
      if (rows.length === pageRows) this.again = true;
    }
  }
}
