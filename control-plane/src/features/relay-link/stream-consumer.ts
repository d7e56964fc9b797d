/** Reads a Redis stream as a member of a group. Redis carries: an entry that is lost is sent again by the relay. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Loop } from '../../kernel/running/loop.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { MessageSeal } from './message-seal.ts';

export interface Entry { id: string; json: string }

export interface StreamOptions {
  stream: string;
  group: string;
  /** Entries read at once. */
  atOnce: number;
  redis: Redis;
  seal: MessageSeal;
  log: Logger;
  /** Entries older than this are dropped: their sender has given up or asked again. */
  oldestMs?: number;
  /** Entries whose signature holds, in order. They are acknowledged when this resolves; when it rejects they come again. */
  take: (entries: Entry[]) => Promise<void>;
}

const blockMs = 1_000, staleMs = 10_000, claimEveryMs = 5_000;

/** An entry that was deleted meanwhile has no fields. */
type Raw = [id: string, fields: string[] | null];

export class StreamConsumer implements Worker {
  private readonly loop: Loop;
  private readonly me = randomUUID();
  private redis: Redis | undefined;
  private claimAt = 0;
  /** `0`: what this reader took and did not finish comes again. `>`: what nobody has taken yet. */
  private from: '0' | '>' = '0';
  private forged = 0;

  constructor(private readonly options: StreamOptions) {
    this.loop = new Loop(`reader of ${options.stream}`, (signal) => this.turn(signal), options.log);
  }

  start(): void {
    const { redis, log, stream } = this.options;
    // A connection of its own, because it blocks. Its deadline is longer than the block; a frozen server ends the wait.
    this.redis = redis.duplicate({ commandTimeout: blockMs + 3_000, maxRetriesPerRequest: 1 });
    this.redis.on('error', (error: Error) => log.debug({ err: error }, `reader of ${stream}: connection`));
    this.loop.start();
  }

  async stop(): Promise<void> {
    const stopped = this.loop.stop();
    this.redis?.disconnect();
    await stopped;
    const { redis, stream, group } = this.options;
    await redis.xgroup('DELCONSUMER', stream, group, this.me).catch(() => {});
  }

  private async turn(signal: AbortSignal): Promise<void> {
    const { stream, group, atOnce } = this.options, from = this.from;
    this.from = '0';                                     // unless all goes well
    try {
      if (performance.now() >= this.claimAt) await this.claim();
      const read = (await this.redis!.xreadgroup('GROUP', group, this.me, 'COUNT', atOnce, 'BLOCK', blockMs, 'STREAMS', stream, from)) as [string, Raw[]][] | null;
      const raw = read?.[0]?.[1] ?? [];
      if (raw.length > 0 && !signal.aborted) await this.handle(raw);
      if (raw.length === 0 || from === '>') this.from = '>';
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOGROUP')) throw error;
      await this.redis!.xgroup('CREATE', stream, group, '0', 'MKSTREAM');      // new, or Redis was wiped
    }
  }

  /** Takes over what an instance read and did not finish. */
  private async claim(): Promise<void> {
    const { stream, group, atOnce } = this.options;
    const [, raw] = (await this.redis!.xautoclaim(stream, group, this.me, staleMs, '0', 'COUNT', atOnce)) as [string, Raw[]];
    if (raw.length < atOnce) this.claimAt = performance.now() + claimEveryMs;
    if (raw.length > 0) await this.handle(raw);
  }

  private async handle(raw: Raw[]): Promise<void> {
    const { stream, group, take } = this.options;
    const since = await this.oldest();
    const entries = raw.filter(([id]) => Number.parseInt(id, 10) >= since).map((each) => this.open(each)).filter((entry) => entry !== undefined);
    if (entries.length > 0) await take(entries);
    const ids = raw.map(([id]) => id);
    // Done: off the list of the group and out of the stream, which therefore stays as short as the backlog.
    await this.redis!.multi().xack(stream, group, ...ids).xdel(stream, ...ids).exec();
  }

  /** By the clock of Redis, which also named the entries. */
  private async oldest(): Promise<number> {
    const { oldestMs } = this.options;
    if (oldestMs === undefined) return 0;
    const [seconds, micros] = await this.redis!.time();
    return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000) - oldestMs;
  }

  private open([id, fields]: Raw): Entry | undefined {
    const { stream, seal, log } = this.options;
    if (!fields) return undefined;
    const value = (name: string) => { const at = fields.indexOf(name); return at < 0 ? undefined : fields[at + 1]; };
    const json = value('body'), mac = value('mac');
    if (json !== undefined && mac !== undefined && seal.verify(stream, json, mac)) return { id, json };
    if (this.forged++ % 1_000 === 0) log.warn({ id, dropped: this.forged }, `reader of ${stream}: an entry was not signed for us`);
    return undefined;
  }
}
