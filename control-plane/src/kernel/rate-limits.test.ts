import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { testRedis } from '../../../scripts/testing/database.ts';
import { connectRedis } from '../server/redis.ts';
import { systemClock } from './running/clock.ts';
import { RateLimits } from './rate-limits.ts';

const redis = connectRedis(testRedis(), pino({ level: 'silent' })), limits = new RateLimits(redis, systemClock);
afterAll(() => redis.disconnect());

let serial = 0;
const someKey = () => `key-${process.hrtime.bigint()}-${++serial}`;
const take = (key: string) => limits.takeGrowing('sign-in-account', 'sign-in-rounds', key);
const seconds = (waits: { retryAfterMs: number } | undefined): number => Math.ceil((waits?.retryAfterMs ?? 0) / 1_000);

describe('a bucket that grows', () => {
  it('stays empty twice as long each time that it was emptied on a day, up to an hour', async () => {
    const key = someKey(), waits: number[] = [];
    for (let round = 0; round < 4; round++) {
      for (let tries = 0; tries < 5; tries++) expect(await take(key)).toBeUndefined();
      waits.push(seconds(await take(key)));
      expect(seconds(await take(key)), 'it tells the same to who asks again').toBeGreaterThan(waits[round]! - 60);
      // Its time is over.
      await limits.reset('sign-in-account', key);
    }
    expect(waits.map((one) => Math.round(one / 100) * 100)).toEqual([900, 1_800, 3_600, 3_600]);
  });

  it('counts parallel tries once each, and a round once', async () => {
    const key = someKey(), told = await Promise.all(Array.from({ length: 30 }, () => take(key)));
    expect(told.filter((one) => one === undefined)).toHaveLength(5);
    await limits.reset('sign-in-account', key);
    await Promise.all(Array.from({ length: 5 }, () => take(key)));
    expect(Math.round(seconds(await take(key)) / 100)).toBe(18);
  });

  it('begins anew where its rounds are forgotten', async () => {
    const key = someKey();
    for (let tries = 0; tries < 6; tries++) await take(key);
    for (const bucket of ['sign-in-account', 'sign-in-rounds'] as const) await limits.reset(bucket, key);
    for (let tries = 0; tries < 5; tries++) await take(key);
    expect(seconds(await take(key))).toBeLessThanOrEqual(900);
  });
});
