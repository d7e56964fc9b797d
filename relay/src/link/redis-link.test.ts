import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { testRedis } from '../../../scripts/testing/database.ts';
import { eventually } from '../../../scripts/testing/eventually.ts';
import type { RelayMessage, RelayState } from '../gql/types.gen.ts';
import { systemClock } from '../trace/clock.ts';
import { MessageSeal } from './message-seal.ts';
import { RedisLink } from './redis-link.ts';
import { freezingProxy } from './testing/freezing-proxy.ts';
import { Wires } from './wires.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0).reverse()) await cleanup(); });

async function start() {
  const proxy = await freezingProxy(testRedis());
  const redis = new Redis(proxy.url.replace(/:\d+\//, `:${new URL(testRedis()).port}/`));
  const seal = new MessageSeal(randomBytes(32)), lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  const wires = new Wires({ redisUrl: proxy.url, random: Math.random, log });
  const link = new RedisLink(wires, seal, { id: randomBytes(6).toString('hex'), epoch: 3 }, systemClock);
  cleanups.push(() => proxy.close(), () => redis.quit(), () => link.close());
  await eventually(() => expect(link.connected).toBe(true));
  const channel = `weir:relay:${link.relayId}`;
  const tell = (message: unknown, signer = seal) => redis.publish(channel, signer.pack(channel, JSON.stringify(message)));
  return { proxy, redis, seal, wires, link, lines, channel, tell };
}

const batch = { relayId: 'r', epoch: 1, records: [] };

it('appends entries that the other end can verify', async () => {
  const { link, redis, seal } = await start();
  expect(await link.append('weir:usage', batch)).toBe(true);
  const [entry] = await redis.xrevrange('weir:usage', '+', '-', 'COUNT', 1);
  const [, body, , mac] = entry![1];
  expect(JSON.parse(body!)).toEqual(batch);
  expect(seal.verify(`weir:usage\n${body}`, mac!)).toBe(true);
});

it('gives listeners what is signed for this relay and drops the rest', async () => {
  const { link, redis, seal, channel, tell } = await start();
  const heard: RelayMessage[] = [];
  link.onMessage((message) => heard.push(message));
  const ack = { ack: { epoch: 3, sequence: 9 } };
  await tell(ack, new MessageSeal(randomBytes(32)));
  await redis.publish(channel, seal.pack('weir:relay:another', JSON.stringify(ack)));
  await redis.publish(channel, 'garbage');
  await tell({ ack: { epoch: 'three' } });
  await tell({ ...ack, recall: ['user:1'] });
  await tell(ack);
  await eventually(() => expect(heard).toEqual([ack]));
  expect(link.dropped).toBe(5);
});

it('answers a probe on the channel of its nonce, and only then', async () => {
  const { link, redis, seal, tell } = await start();
  const listener = redis.duplicate(), heard: string[] = [];
  cleanups.push(() => listener.quit());
  await listener.subscribe('weir:probes:n-1');
  listener.on('message', (channel, text) => heard.push(seal.unpack(channel, text) ?? 'not signed'));
  link.answerProbes(async (probe) => ({ ok: true, durationMs: 12, detail: `${probe.model} ${'x'.repeat(600)}` }), async () => ({ ok: false, durationMs: 0, models: [] }), () => undefined);
  await tell({ probe: { nonce: 'n 1 * spoofed', channelId: 1, model: 'm', askedAt: Date.now() } });
  await tell({ probe: { nonce: 'n-1', channelId: 1, model: 'm', askedAt: Date.now() } });
  await eventually(() => expect(heard).toHaveLength(1));
  expect(JSON.parse(heard[0]!)).toMatchObject({ nonce: 'n-1', ok: true, detail: `m ${'x'.repeat(498)}` });
});

it('answers a probe that breaks, and tells of the bug', async () => {
  const { link, redis, seal, tell } = await start();
  const listener = redis.duplicate(), heard: string[] = [], bugs: unknown[] = [], bug = new Error('a bug');
  cleanups.push(() => listener.quit());
  await listener.subscribe('weir:probes:n-2');
  listener.on('message', (channel, text) => heard.push(seal.unpack(channel, text) ?? 'not signed'));
  link.answerProbes(() => Promise.reject(bug), async () => ({ ok: false, durationMs: 0, models: [] }), (error) => bugs.push(error));
  await tell({ probe: { nonce: 'n-2', channelId: 1, model: 'm', askedAt: Date.now() } });
  await eventually(() => expect(heard.map((text) => JSON.parse(text) as object)).toMatchObject([{ ok: false, failure: 'internal', detail: 'The test itself broke.' }]));
  expect(bugs).toEqual([bug]);
});

it('says when a large read failed, and rejects never', async () => {
  const { wires, lines, proxy } = await start();
  expect(await wires.runLarge((redis) => redis.call('NOSUCHCOMMAND'))).toBeUndefined();
  await proxy.close();
  expect(await wires.runLarge((redis) => redis.get('a'))).toBeUndefined();
  expect(lines.filter((line) => line.includes('a large read failed'))).toHaveLength(2);
});

it('tells its state at once on a change and leaves the list when closed', async () => {
  const { link, redis } = await start();
  const state = async () => JSON.parse(await redis.hget('weir:relays', link.relayId) ?? '{}') as Partial<RelayState>;
  link.setState({ version: 7, address: '127.0.0.1:8080' });
  await eventually(async () => expect(await state()).toMatchObject({ relayId: link.relayId, epoch: 3, version: 7, address: '127.0.0.1:8080' }));
  const before = (await state()).seenAt!;
  await eventually(async () => expect((await state()).seenAt).toBeGreaterThan(before));
  await link.close();
  expect(await redis.hexists('weir:relays', link.relayId)).toBe(0);
});

it('treats a frozen Redis like a dead one, says so once, and comes back', async () => {
  const { link, proxy, lines } = await start();
  proxy.freeze();
  expect(await link.append('weir:usage', batch)).toBe(false);
  await eventually(() => expect(link.connected).toBe(false));
  const refused = link.append('weir:usage', batch), aTurn = new Promise((resolve) => { setImmediate(resolve, 'it waits'); });
  expect(await Promise.race([refused, aTurn])).toBe(false);
  await new Promise((resolve) => { setTimeout(resolve, 600); });
  proxy.thaw();
  await eventually(() => expect(link.connected).toBe(true));
  expect(await link.append('weir:usage', batch)).toBe(true);
  expect(lines.map((line) => line.split(' (')[0])).toEqual(['redis: connected', 'redis: away', 'redis: connected']);
});

it('hears messages again after all connections were cut', async () => {
  const { link, proxy, lines, tell } = await start();
  const heard: RelayMessage[] = [];
  link.onMessage((message) => heard.push(message));
  proxy.cut();
  await eventually(() => expect(lines.filter((line) => line.startsWith('redis: connected'))).toHaveLength(2));
  await tell({ recall: ['user:1'] });
  await eventually(() => expect(heard).toHaveLength(1));
});

it('hears a channel whatever moment of the connecting it was asked for in', async () => {
  const redis = new Redis(testRedis());
  cleanups.push(() => redis.quit());
  const channels: string[] = [];
  for (let turns = 0; turns < 60; turns++) {
    const wires = new Wires({ redisUrl: testRedis(), random: Math.random, log: { info: () => {}, warn: () => {} } });
    cleanups.push(() => wires.close());
    wires.listen('another', () => {});
    const until = performance.now() + turns * 0.25;
    while (performance.now() < until) await new Promise(setImmediate);
    channels.push(`early:${turns}:${randomBytes(4).toString('hex')}`);
    wires.listen(channels.at(-1)!, () => {});
    await eventually(() => expect(wires.connected).toBe(true));
  }
  await eventually(async () => {
    const heard = (await redis.pubsub('NUMSUB', ...channels)) as unknown[];
    expect(heard.filter((one) => typeof one === 'number')).toEqual(channels.map(() => 1));
  });
});
