import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { bench, start, startedWith, tidyUp } from './testing/feed-bench.ts';
import { channel, keyHashOf, price, sampleResources, token } from './testing/sample-resources.ts';
import { sealCredential } from './testing/seal-secret.ts';

afterEach(tidyUp);

it('serves what was published, with its secrets opened', async () => {
  const all = await bench();
  await all.publisher.write({ upserts: [...sampleResources(), channel(7, {
    priority: 5, groups: ['default', 'vip'], models: ['gpt-4o', 'o3'], modelMapping: [{ from: 'o3', to: 'o3-2025' }],
    credentials: [{ id: 70, envelope: sealCredential(all.masterKey, 70, 'sk-upstream') }],
  }), channel(8, { status: 'AUTO_DISABLED', models: ['o1'] })] });
  const { feed, state } = await start(all);
  await eventually(() => expect(feed.current()).toBeDefined());
  const picture = feed.current()!;
  expect(picture.tokenByHash(keyHashOf(1))).toMatchObject({ id: 1, userId: 1 });
  expect([picture.user(1)?.username, picture.group('default')?.ratio, picture.price('gpt-4o')?.modelRatio]).toEqual(['user1', 1_000_000, 1_250_000]);
  expect(picture.channelsFor('default', 'gpt-4o').map((one) => one.id)).toEqual([7, 1]);
  expect(picture.channelsFor('vip', 'gpt-4o').map((one) => one.id)).toEqual([7]);
  expect(picture.channelsFor('default', 'o1')).toEqual([]);
  expect(picture.modelsOf('default')).toEqual(['gpt-4o', 'o3']);
  expect(picture.channel(7)?.credentials).toEqual([{ id: 70, secret: 'sk-upstream' }]);
  expect(picture.channel(7)?.modelMapping.get('o3')).toBe('o3-2025');
  expect(state()).toMatchObject({ version: 1, hash: picture.hash, refusal: null });
  expect(feed.ageMs()).toBeLessThan(3_000);
});

describe('a change', () => {
  it('is served by its message alone, and a picture in use stays as it was', async () => {
    const { feed, publisher } = await startedWith(sampleResources());
    const before = feed.current()!;
    await publisher.publish({ upserts: [token(1, { status: 'DISABLED' })] });
    await eventually(() => expect(feed.current()?.tokenByHash(keyHashOf(1))?.status).toBe('DISABLED'));
    expect(before.tokenByHash(keyHashOf(1))?.status).toBe('ENABLED');
    expect(feed.counters.fetches).toBe(1);
  });

  it('moves channels between models and takes away what is removed', async () => {
    const { feed, publisher, reaches } = await startedWith([...sampleResources(), channel(2)]);
    await publisher.publish({ upserts: [channel(2, { models: ['o3'] })], removals: ['channel:1'] });
    await reaches(2);
    const picture = feed.current()!;
    expect([picture.channelsFor('default', 'gpt-4o'), picture.channelsFor('default', 'o3').map((one) => one.id)]).toEqual([[], [2]]);
    expect(picture.modelsOf('default')).toEqual(['o3']);
    expect(picture.channel(1)).toBeUndefined();
  });

  it('finds its place when messages come twice and in the wrong order', async () => {
    const { feed, publisher, reaches } = await startedWith(sampleResources());
    const deltas = [];
    for (let id = 2; id < 8; id++) deltas.push(await publisher.write({ upserts: [token(id)] }));
    for (const index of [2, 2, 0, 4, 1, 0, 5, 3, 3, 5]) await publisher.tell(deltas[index]!);
    await reaches(7);
    expect(feed.current()?.hash).toBe(publisher.head().hash);
  });

  it('is repaired within 3 s of the heartbeat when its message was lost', async () => {
    const { publisher, reaches } = await startedWith(sampleResources());
    await publisher.write({ upserts: [token(2)] });
    await publisher.heartbeat();
    await reaches(2, 3_000);
  });

  it('arrives within 6 s when every message is lost', async () => {
    const { publisher, reaches } = await startedWith(sampleResources());
    await publisher.write({ upserts: [token(2)] });
    await reaches(2, 6_000);
  });

  it('arrives after Redis was cut off, frozen and wiped', async () => {
    const { redis, publisher, proxy, feed, reaches } = await startedWith(sampleResources());
    proxy.freeze();
    await publisher.publish({ upserts: [token(2)] });
    await redis.flushdb();
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(feed.current()?.version).toBe(1);
    proxy.thaw();
    await publisher.restore();
    await reaches(2, 6_000);
  });
});

it('asks whether the picture is still the current one after the process stood still, before it serves', async () => {
  const all = await bench();
  let asleep = 0;
  await all.publisher.write({ upserts: sampleResources() });
  const { feed } = await start(all, { now: () => Date.now() + asleep, monotonic: () => performance.now() });
  await eventually(() => expect(feed.current()?.version).toBe(1));
  await all.publisher.write({ upserts: [token(1, { status: 'DISABLED' })] });
  asleep = 60_000;
  while (!feed.settling) await new Promise(setImmediate);            // it lasts for some reads of Redis: too short for a slower look
  await feed.settling;
  expect(feed.current()?.tokenByHash(keyHashOf(1))?.status).toBe('DISABLED');
  expect(feed.settling).toBeUndefined();
});

it('reads the whole when a delta contradicts itself', async () => {
  const { feed, publisher, reaches } = await startedWith(sampleResources());
  await publisher.publish({ upserts: [token(2), token(2)] });
  await reaches(2);
  expect(feed.counters).toMatchObject({ dropped: 1, fetches: 2 });
});

describe('a forged message', () => {
  it.each([
    { name: 'signed with another key', forge: (text: string) => `${'0'.repeat(64)}${text.slice(64)}` },
    { name: 'changed on the way', forge: (text: string) => text.replace('DISABLED', 'ENABLED') },
    { name: 'cut short', forge: (text: string) => text.slice(0, -9) },
    { name: 'empty', forge: () => '' },
  ])('that is $name changes nothing and is counted', async ({ forge }) => {
    const { feed, redis, seal, publisher, reaches } = await startedWith(sampleResources());
    const delta = await publisher.write({ upserts: [token(1, { status: 'DISABLED' })] });
    await redis.publish('weir:snapshot', forge(seal.pack('weir:snapshot', JSON.stringify(delta))));
    await eventually(() => expect(feed.counters.dropped).toBeGreaterThan(0));
    expect(feed.current()?.version).toBe(1);
    await publisher.tell(delta);
    await reaches(2);
  });

  it('that plays back an old head is ignored', async () => {
    const { feed, redis, publisher, reaches } = await startedWith(sampleResources());
    const old = (await redis.get('weir:snapshot:head'))!;
    await publisher.publish({ upserts: [token(1, { status: 'DISABLED' })] });
    await reaches(2);
    await redis.set('weir:snapshot:head', old);
    await publisher.heartbeat();
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect([feed.current()?.version, feed.counters.fetches]).toEqual([2, 1]);
  });
});

describe('a bad version', () => {
  it('is refused whole, says why, and the next good one is served', async () => {
    const { feed, publisher, state, reaches } = await startedWith(sampleResources());
    await publisher.publish({ upserts: [token(1, { status: 'DISABLED' }), price('gpt-4o', { modelRatio: -1 })] });
    await eventually(() => expect(state().refusal).toContain('version 2: price:gpt-4o: modelRatio'));
    expect([feed.current()?.version, feed.current()?.tokenByHash(keyHashOf(1))?.status]).toEqual([1, 'ENABLED']);
    await publisher.publish({ upserts: [price('gpt-4o')] });
    await reaches(3);
    expect(state()).toMatchObject({ version: 3, refusal: null });
    expect(feed.current()?.tokenByHash(keyHashOf(1))?.status).toBe('DISABLED');
  });

  it('is not read again while it stays the newest', async () => {
    const { feed, publisher } = await startedWith(sampleResources());
    await publisher.publish({ upserts: [price('gpt-4o', { modelRatio: -1 })] });
    await eventually(() => expect(feed.counters.refused).toBe(1));
    for (let i = 0; i < 5; i++) await publisher.heartbeat();
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect(feed.counters).toMatchObject({ refused: 1, fetches: 1 });
  });

  it.each([
    { name: 'changed', body: JSON.stringify(token(1, { unlimited: false })[1]) },
    { name: 'destroyed', body: '{"id":' },
  ])('whose resources were $name in Redis is refused, and read again until they are right', async ({ body }) => {
    const { redis, publisher, feed, state, reaches } = await startedWith(sampleResources());
    await publisher.write({ upserts: [token(2)] });
    await redis.hset('weir:snapshot:resources', 'token:1', body);
    await publisher.heartbeat();
    await eventually(() => expect(state().refusal).toContain('do not have its hash'));
    expect(feed.current()?.version).toBe(1);
    await publisher.restore();
    await reaches(2);
  });
});
