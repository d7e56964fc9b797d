import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { testRedis } from '../../../scripts/testing/database.ts';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { FleetCounter } from './fleet-counter.ts';
import { Wires } from './wires.ts';

let redis: Redis, wires: Wires[];
beforeAll(async () => {
  const redisUrl = testRedis();
  redis = new Redis(redisUrl);
  wires = Array.from({ length: 4 }, () => new Wires({ redisUrl, random: Math.random, log: { info: () => undefined, warn: () => undefined } }));
  await eventually(() => { expect(wires.every((one) => one.connected)).toBe(true); });
});
afterAll(() => { wires.forEach((one) => one.close()); redis.disconnect(); });
beforeEach(() => redis.flushdb());

const limit = (total: number, success: number) => ({ total, success, windowMs: 60_000 });

it('of many requests at once over four relays exactly as many pass as may', async () => {
  const counters = wires.map((one) => new FleetCounter(one));
  const all = await Promise.all(Array.from({ length: 80 }, (_, index) => counters[index % 4]!.take(7, limit(0, 25))));
  expect(all.filter((one) => one && 'slot' in one)).toHaveLength(25);
  expect(all.filter((one) => one && 'full' in one && one.full === 'success')).toHaveLength(55);
});

it('what was not answered is given back, and still counts as a request', async () => {
  const counter = new FleetCounter(wires[0]!);
  for (let index = 0; index < 3; index++) {
    const taken = await counter.take(8, limit(3, 1));
    expect(taken).toHaveProperty('slot');
    if (taken && 'slot' in taken) counter.takeBack(8, taken.slot);
    const [field] = (await redis.hkeys('weir:model-limit:8')).filter((name) => name.startsWith('s'));
    await eventually(async () => { expect(await redis.hget('weir:model-limit:8', field!)).toBe('0'); });
  }
  expect(await counter.take(8, limit(3, 1))).toMatchObject({ full: 'total' });
});

it('learns how many relays there are, and forgets counts with their window', async () => {
  await redis.hset('weir:relays', 'a', '{}', 'b', '{}');
  const counter = new FleetCounter(wires[0]!);
  await counter.take(9, limit(5, 0));
  expect([counter.relays, await redis.pttl('weir:model-limit:9')]).toEqual([2, expect.any(Number)]);
  expect(await redis.pttl('weir:model-limit:9')).toBeLessThanOrEqual(60_000);
});
