/** Counters of attempts, shared by all instances through Redis, and local while Redis is away: never unlimited (LIM-04). */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';

/** Attempts in seconds, for one key. */
const buckets = {
  /** Everything below /api, for one address (management-api 2.6). */
  api: { points: 180, seconds: 180 },
  /** REST routes of class CRITICAL, for one address. */
  critical: { points: 20, seconds: 1_200 },
  /** Searches, for one user. */
  search: { points: 60, seconds: 60 },
  /** Failed sign-ins at one account (LIM-01). */
  'sign-in-account': { points: 5, seconds: 900 },
  /** Failed sign-ins from one address. */
  'sign-in-address': { points: 20, seconds: 900 },
  /** Keys revealed, for one user. */
  reveal: { points: 60, seconds: 600 },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type Bucket = keyof typeof buckets;

/** The bucket is empty. */
export interface Limited { retryAfterMs: number }

export class RateLimits {
  private readonly limiters = new Map<Bucket, RateLimiterAbstract>();

  constructor(redis: Redis, prefix = 'weir:limit') {
    for (const [name, { points, seconds: duration }] of Object.entries(buckets)) {
      const size = { points, duration, keyPrefix: `${prefix}:${name}` };
      this.limiters.set(name as Bucket, new RateLimiterRedis({ ...size, storeClient: redis, insuranceLimiter: new RateLimiterMemory(size) }));
    }
  }

  /** Takes one; undefined when there was one left. */
  async take(bucket: Bucket, key: string): Promise<Limited | undefined> {
    try {
      await this.limiter(bucket).consume(key);
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { retryAfterMs: refused.msBeforeNext };
      throw refused;
    }
  }

  /** Gives one back: the attempt that was taken did no harm. */
  async giveBack(bucket: Bucket, key: string): Promise<void> {
    await this.limiter(bucket).reward(key);
  }

  async reset(bucket: Bucket, key: string): Promise<void> {
    await this.limiter(bucket).delete(key);
  }

  private limiter(bucket: Bucket): RateLimiterAbstract {
    return this.limiters.get(bucket)!;
  }
}
