/** Counters of attempts, shared by all instances through Redis, and local while Redis is away: never unlimited (LIM-04). */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Clock } from './running/clock.ts';

interface Size { points: number; seconds: number }

/** Attempts in seconds, for one key. */
const buckets = {
  /** Everything below /api, for one address (management-api 2.6); the configuration may say otherwise. */
  api: { points: 180, seconds: 180 },
  /** REST routes of class CRITICAL, for one address. */
  critical: { points: 20, seconds: 1_200 },
  /** Searches over REST, for one address. */
  search: { points: 60, seconds: 60 },
  /** Failed sign-ins at one account (LIM-01). */
  'sign-in-account': { points: 5, seconds: 900 },
  /** How often that bucket was emptied in a day: each time it stays empty twice as long. */
  'sign-in-rounds': { points: 1_000_000, seconds: 86_400 },
  /** Failed sign-ins from one address. */
  'sign-in-address': { points: 20, seconds: 900 },
  /** Sign-ins by passkey or provider that were begun, from one address. */
  ceremony: { points: 60, seconds: 600 },
  /** Wrong passwords in a session that is asked again who is there, for one user. */
  'step-up': { points: 5, seconds: 900 },
  /** Registrations that were tried, from one address. */
  register: { points: 20, seconds: 1_200 },
  /** Password resets that were tried, from one address. */
  reset: { points: 20, seconds: 1_200 },
  /** Test notifications of one user. */
  'notify-test': { points: 5, seconds: 600 },
  /** Mails that one caller's address asked for (management-api 2.6). */
  'mail-address': { points: 2, seconds: 30 },
  /** Mails to one recipient (LIM-05). */
  'mail-recipient': { points: 3, seconds: 3_600 },
  /** Codes that could not be redeemed, for one user. */
  redeem: { points: 20, seconds: 1_200 },
  /** Keys revealed, for one user. */
  reveal: { points: 60, seconds: 600 },
} as const satisfies Record<string, Size>;

export type Bucket = keyof typeof buckets;

/** The longest that a growing bucket stays empty: somebody who is guessed at is not shut out for good. */
const longestSeconds = 3_600;

/** The bucket is empty. */
export interface Limited { retryAfterMs: number }

/** After Redis has failed, counting stays local this long: a frozen one costs the first caller a wait, not everybody. */
const localMs = 5_000;

export class RateLimits {
  private readonly shared = new Map<Bucket, RateLimiterAbstract>();
  private readonly local = new Map<Bucket, RateLimiterAbstract>();
  private localUntil = 0;

  /** @param apiRate points of the bucket `api`; 0: as many as anybody wants */
  constructor(redis: Redis, private readonly clock: Clock, private readonly apiRate: number = buckets.api.points) {
    for (const [name, { points, seconds: duration }] of Object.entries<Size>(buckets)) {
      const size = { points: name === 'api' ? apiRate : points, duration, keyPrefix: `weir:limit:${name}` };
      this.shared.set(name as Bucket, new RateLimiterRedis({ ...size, storeClient: redis }));
      this.local.set(name as Bucket, new RateLimiterMemory(size));
    }
  }

  /** Takes one; undefined when there was one left. */
  async take(bucket: Bucket, key: string): Promise<Limited | undefined> {
    if (bucket === 'api' && this.apiRate === 0) return undefined;
    try {
      await this.count(bucket, (limiter) => limiter.consume(key));
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { retryAfterMs: refused.msBeforeNext };
      throw refused;
    }
  }

  /** As `take`; a bucket that was emptied before on the same day stays empty twice as long as the last time, up to an hour. */
  async takeGrowing(bucket: Bucket, rounds: Bucket, key: string): Promise<Limited | undefined> {
    const { points, seconds } = buckets[bucket];
    try {
      await this.count(bucket, (limiter) => limiter.consume(key));
      return undefined;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      // Parallel calls: the count is one step of Redis, so exactly one of them is the first to find it empty.
      if (refused.consumedPoints !== points + 1) return { retryAfterMs: refused.msBeforeNext };
      const round = (await this.count(rounds, (limiter) => limiter.consume(key)) as RateLimiterRes).consumedPoints;
      if (round === 1) return { retryAfterMs: refused.msBeforeNext };
      const waits = Math.min(longestSeconds, seconds * 2 ** Math.min(round - 1, 10));
      await this.count(bucket, (limiter) => limiter.block(key, waits));
      return { retryAfterMs: waits * 1_000 };
    }
  }

  /** Gives one back: the attempt that was taken did no harm. */
  async giveBack(bucket: Bucket, key: string): Promise<void> {
    await this.count(bucket, (limiter) => limiter.reward(key));
  }

  async reset(bucket: Bucket, key: string): Promise<void> {
    await this.count(bucket, (limiter) => limiter.delete(key));
  }

  private async count(bucket: Bucket, work: (limiter: RateLimiterAbstract) => Promise<unknown>): Promise<unknown> {
    const now = this.clock.now().getTime();
    if (now < this.localUntil) return work(this.local.get(bucket)!);
    try {
      return await work(this.shared.get(bucket)!);
    } catch (fault) {
      if (fault instanceof RateLimiterRes) throw fault;  // the library refuses by throwing this
      this.localUntil = now + localMs;
      return work(this.local.get(bucket)!);
    }
  }
}
