/**
 * A leaky bucket of points for each caller, shared by all instances through Redis: bursts up to its size, and on from
 * there at the rate at which it drains (graphql-design 15). While Redis is away each instance keeps its own.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/running/clock.ts';

export interface BucketSize { capacity: number; perSecond: number }

export interface Draw {
  remaining: number;
  /** Set when there was too little: then nothing was taken. */
  retryAfterMs: number | undefined;
}

interface Level { used: number; at: number }

/** KEYS: bucket. ARGV: now in ms, capacity, points a second, points. Answers what is used, and whether the points were taken. */
const script = `
  local held = redis.call('HMGET', KEYS[1], 'used', 'at')
  local now, capacity, rate, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
  local used, at = tonumber(held[1] or '0'), tonumber(held[2] or ARGV[1])
  used = math.max(0, used - math.max(0, now - at) * rate / 1000)
  local taken = 0
  if used + cost <= capacity then used = math.max(0, used + cost) taken = 1 end
  redis.call('HSET', KEYS[1], 'used', tostring(used), 'at', tostring(math.max(now, at)))
  redis.call('PEXPIRE', KEYS[1], math.ceil(used / rate * 1000) + 1000)
  return { tostring(used), taken }`;

/** After Redis has failed, counting stays local this long. */
const localMs = 5_000;

export class CostBucket {
  private readonly local = new LRUCache<string, Level>({ max: 10_000 });
  private localUntil = 0;

  /** @param isOn off: everybody's bucket is full for ever */
  constructor(private readonly redis: Redis, private readonly clock: Clock, private readonly isOn = true) {}

  /** Takes the points, or nothing. A negative number gives points back. */
  async take(key: string, size: BucketSize, cost: number): Promise<Draw> {
    if (!this.isOn) return { remaining: size.capacity, retryAfterMs: undefined };
    const now = this.clock.now().getTime();
    // More than a full bucket is never there: whoever asks for it gets all that there is, and waits longer for the next.
    const points = Math.min(cost, size.capacity);
    const { used, taken } = await this.draw(key, size, points, now);
    const missing = used + points - size.capacity;
    return { remaining: Math.max(0, Math.floor(size.capacity - used)), retryAfterMs: taken ? undefined : Math.max(1, Math.ceil(missing / size.perSecond * 1_000)) };
  }

  private async draw(key: string, size: BucketSize, points: number, now: number): Promise<{ used: number; taken: boolean }> {
    if (now >= this.localUntil) {
      try {
        const [used, taken] = await this.redis.eval(script, 1, `weir:cost:${key}`, now, size.capacity, size.perSecond, points) as [string, number];
        return { used: Number(used), taken: taken === 1 };
      } catch {
        this.localUntil = now + localMs;                 // Redis is away: said by its own connection
      }
    }
    return this.drawLocally(key, size, points, now);
  }

  private drawLocally(key: string, { capacity, perSecond }: BucketSize, points: number, now: number): { used: number; taken: boolean } {
    const held = this.local.get(key) ?? { used: 0, at: now };
    const drained = Math.max(0, held.used - Math.max(0, now - held.at) * perSecond / 1_000), taken = drained + points <= capacity;
    const used = taken ? Math.max(0, drained + points) : drained;
    this.local.set(key, { used, at: Math.max(now, held.at) });
    return { used, taken };
  }
}
