import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testRedis } from '../../../../scripts/testing/database.ts';
import { startTestApp, TestClock, type TestApp } from '../../testing/test-app.ts';
import { CostBucket } from './cost-bucket.ts';

const size = { capacity: 100, perSecond: 10 };
let redis: Redis, nowhere: Redis;
beforeAll(async () => {
  redis = new Redis(testRedis());
  await redis.flushdb();
  nowhere = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, retryStrategy: () => null, enableOfflineQueue: false });
  nowhere.on('error', () => {});
});
afterAll(() => { redis.disconnect(); nowhere.disconnect(); });

describe.each([{ where: 'in Redis', of: () => redis }, { where: 'while Redis is away', of: () => nowhere }])('a bucket $where', ({ where, of }) => {
  it('lets a burst of its size through, then only what it drains, and says how long to wait', async () => {
    const clock = new TestClock(), bucket = new CostBucket(of(), clock), key = `${where} 1`;
    expect(await bucket.take(key, size, 90)).toEqual({ remaining: 10, retryAfterMs: undefined });
    expect(await bucket.take(key, size, 20)).toEqual({ remaining: 10, retryAfterMs: 1_000 });
    clock.advance(1_000);
    expect(await bucket.take(key, size, 20)).toEqual({ remaining: 0, retryAfterMs: undefined });
    clock.advance(60_000);
    expect(await bucket.take(key, size, 1)).toEqual({ remaining: 99, retryAfterMs: undefined });
  });

  it('takes back what was not used, and never holds more than its size', async () => {
    const bucket = new CostBucket(of(), new TestClock()), key = `${where} 2`;
    await bucket.take(key, size, 60);
    expect((await bucket.take(key, size, -50)).remaining).toBe(90);
    expect((await bucket.take(key, size, -50)).remaining).toBe(100);
  });

  it('gives everything that there is to an operation that is larger than the bucket', async () => {
    const bucket = new CostBucket(of(), new TestClock()), key = `${where} 3`;
    expect(await bucket.take(key, size, 5_000)).toEqual({ remaining: 0, retryAfterMs: undefined });
    expect(await bucket.take(key, size, 5_000)).toEqual({ remaining: 0, retryAfterMs: 10_000 });
  });
});

it('instances share it', async () => {
  const clock = new TestClock(), [one, other] = [new CostBucket(redis, clock), new CostBucket(redis, clock)];
  const draws = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).take('shared', size, 10)));
  expect(draws.filter(({ retryAfterMs }) => retryAfterMs === undefined)).toHaveLength(10);
});

describe('an operation', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(); });
  afterAll(() => app.stop());
  const ask = async (query: string, address = '192.0.2.1') => {
    const answer = await app.request({ body: { query }, address });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: JSON.parse(String(answer.body)) };
  };

  it('says what it cost, in the answer, in headers and in rateLimit', async () => {
    const { headers, body } = await ask('{ rateLimit { limit cost remaining restoreRate resetAt nodeCount } }');
    expect(body.extensions.cost).toEqual({ requested: 1, actual: 1, throttle: { maximumAvailable: 500, currentlyAvailable: 499, restoreRate: 10 } });
    expect(headers).toMatchObject({ 'ratelimit-limit': '500', 'ratelimit-remaining': '499', 'ratelimit-reset': '1' });
    expect(body.data.rateLimit).toEqual({ limit: 500, cost: 1, remaining: 499, restoreRate: 10, resetAt: expect.any(String), nodeCount: 7 });
  });

  it('gives back what a page did not hold', async () => {
    const { body } = await ask('{ viewer { tokens(first: 100) { nodes { id } } } }', '192.0.2.2');
    expect(body.extensions.cost).toMatchObject({ requested: 102, actual: 1, throttle: { currentlyAvailable: 499 } });
    expect((await ask('{ rateLimit { remaining } }', '192.0.2.2')).body.data.rateLimit.remaining).toBe(498);
  });

  it('is refused when the bucket is empty, with the time to wait, for this caller only', async () => {
    const dear = '{ a: viewer { tokens(first: 100) { nodes { id } } } b: viewer { tokens(first: 100) { nodes { id } } } }';
    await app.services.bucket.take('address:192.0.2.3', { capacity: 500, perSecond: 10 }, 450);
    const refused = await ask(dear, '192.0.2.3');
    expect([refused.status, refused.body.errors[0].extensions.code, refused.headers['retry-after']]).toEqual([429, 'THROTTLED', '16']);
    expect((await ask(dear, '192.0.2.4')).status).toBe(200);
    app.clock.advance(16_000);
    expect((await ask(dear, '192.0.2.3')).status).toBe(200);
  });
});
