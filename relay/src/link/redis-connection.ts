/**
 * One connection to Redis that never makes anybody wait: a command is answered within its deadline or has failed, and while the
 * connection is down everything fails at once. A server that accepts connections but answers nothing (frozen, partitioned)
 * counts as down: the connection is up only after a PING came back, and silence tears it.
 */
import { Redis } from 'ioredis';
import { backoffMs, type Random } from './backoff.ts';

export interface ConnectionOptions {
  url: string;
  random: Random;
  /** Deadline of one command. */
  commandMs: number;
  /** A connection that owes an answer for this long is torn down. */
  silenceMs: number;
  /** Runs on each new connection before it counts as up; a rejection tears it. */
  prepare?: (redis: Redis) => Promise<void>;
  /** Called when `up` changed, and once when the very first attempt failed. */
  onChange: (up: boolean, reason: string) => void;
}

const liveliness = 1_000;

export class RedisConnection {
  private redis: Redis | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private reason = 'closed by the server';
  private closed = false;
  private readonly options: ConnectionOptions;
  up = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    void this.connect();
  }

  /** Undefined when not connected, late or refused. Never rejects. */
  async run<T>(work: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.up || !this.redis) return undefined;
    try {
      return await work(this.redis);
    } catch {
      return undefined;                                  // the silence timer decides whether the connection is to blame
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    if (this.redis) this.lose(this.redis);
  }

  private async connect(): Promise<void> {
    const { url, commandMs, silenceMs, prepare, onChange } = this.options;
    const redis = this.redis = new Redis(url, {
      lazyConnect: true, protocol: 2, connectTimeout: 1_000, commandTimeout: commandMs, socketTimeout: silenceMs,
      enableReadyCheck: false, enableOfflineQueue: false, disableClientInfo: true,
      retryStrategy: () => null, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false, autoResubscribe: false,
    });
    redis.on('error', (error: Error) => { this.reason = error.message; });
    redis.on('close', () => this.lose(redis));
    try {
      await redis.connect();
      await redis.ping();
      await prepare?.(redis);
    } catch (error) {
      this.reason = error instanceof Error ? error.message : String(error);
      return this.lose(redis);
    }
    if (this.redis !== redis) return;
    this.up = true;
    this.failures = 0;
    onChange(true, '');
    this.timer = setInterval(() => { redis.ping().catch(() => {}); }, liveliness);   // so that an idle one is watched too: silence ends it, and the end is told
  }

  private lose(redis: Redis): void {
    if (this.redis !== redis) return;
    this.redis = undefined;
    clearInterval(this.timer);
    redis.disconnect();
    redis.stream?.destroy();                             // a frozen server would never answer our FIN
    const first = this.failures++ === 0;
    if (this.up || first) {
      this.up = false;
      this.options.onChange(false, this.reason);
    }
    if (!this.closed) this.timer = setTimeout(() => void this.connect(), backoffMs(this.failures, this.options.random));
  }
}
