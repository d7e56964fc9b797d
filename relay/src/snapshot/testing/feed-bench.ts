/** For tests: a Redis that can freeze, a publisher, and a relay's feed on them. `tidyUp` after each test. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { testRedis } from '../../../../scripts/testing/database.ts';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import type { RelayState } from '../../gql/types.gen.ts';
import { MessageSeal } from '../../link/message-seal.ts';
import { freezingProxy } from '../../link/testing/freezing-proxy.ts';
import { Wires } from '../../link/wires.ts';
import { type Clock, systemClock } from '../../trace/clock.ts';
import { PictureSource } from '../picture-source.ts';
import { SnapshotFeed } from '../snapshot-feed.ts';
import { TestPublisher } from './test-publisher.ts';

const cleanups: (() => unknown)[] = [];

export async function tidyUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export async function bench() {
  const redisUrl = testRedis(), proxy = await freezingProxy(redisUrl), redis = new Redis(redisUrl);
  const masterKey = randomBytes(32), seal = new MessageSeal(masterKey), folder = await mkdtemp(join(tmpdir(), 'weir-feed-'));
  await redis.flushdb();
  cleanups.push(() => rm(folder, { recursive: true, force: true }), () => redis.quit(), () => proxy.close());
  return { redis, proxy, masterKey, seal, folder, publisher: new TestPublisher(redis, seal) };
}

export async function start({ proxy, masterKey, seal, folder }: Pick<Awaited<ReturnType<typeof bench>>, 'proxy' | 'masterKey' | 'seal' | 'folder'>, clock: Clock = systemClock) {
  const lines: string[] = [], log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  const wires = new Wires({ redisUrl: proxy.url, random: Math.random, log });
  let state: Partial<RelayState> = {};
  const feed = await SnapshotFeed.start({
    wires, seal, masterKey, folder, clock, random: Math.random, log, report: (change) => { state = { ...state, ...change }; },
  });
  let stopped: Promise<void> | undefined;
  const stop = () => stopped ??= feed.stop().then(() => wires.close());
  cleanups.push(stop);
  return { feed, wires, lines, stop, state: () => state };
}

export async function startedWith(resources: [string, unknown][]) {
  const all = await bench();
  await all.publisher.write({ upserts: resources });
  const relay = await start(all);
  // From here on the relay hears what is published, and what it asked when it came up has been answered: else who is first decides.
  await eventually(async () => {
    expect([relay.feed.current()?.version, relay.wires.connected]).toEqual([1, true]);
    expect(await all.redis.pubsub('NUMSUB', PictureSource.channel)).toEqual([PictureSource.channel, 1]);
  });
  await relay.wires.run((redis) => redis.ping());
  return { ...all, ...relay, reaches: (version: number, ms = 3_000) => eventually(() => expect(relay.feed.current()?.version).toBe(version), ms) };
}
