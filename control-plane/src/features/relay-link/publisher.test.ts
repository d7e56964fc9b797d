import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { MikroORM } from '@mikro-orm/postgresql';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase, testRedis } from '../../../../scripts/testing/database.ts';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf } from '../../database/sql.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import { tokenSource } from '../token/token-source.ts';
import { User } from '../user/user.entity.ts';
import { userSource } from '../user/user-source.ts';
import { MessageSeal } from './message-seal.ts';
import { SnapshotPublisher } from './publisher.ts';
import { readHead } from './read-head.ts';
import { touch } from './snapshot-changes.ts';
import type { RelayDelta } from './wire/snapshot.ts';

const seal = new MessageSeal(randomBytes(32)), log = pino({ level: 'silent' });
let orm: MikroORM, databaseUrl: string, redis: Redis, subscriber: Redis;
let heard: { at: number; delta: RelayDelta }[] = [], running: SnapshotPublisher[] = [], serial = 0;

beforeAll(async () => {
  databaseUrl = await testDatabase();
  orm = await openDatabase(databaseUrl);
  redis = new Redis(testRedis());
  subscriber = redis.duplicate();
  subscriber.on('message', (channel: string, text: string) => {
    const json = seal.unpack(channel, text);
    if (json !== undefined) heard.push({ at: performance.now(), delta: JSON.parse(json) as RelayDelta });
  });
  await subscriber.subscribe('weir:snapshot');
});
afterAll(async () => {
  subscriber.disconnect();
  redis.disconnect();
  await orm.close(true);
});
beforeEach(async () => {
  await redis.flushdb();
  heard = [];
});
afterEach(async () => {
  await Promise.all(running.map((publisher) => publisher.stop()));
  running = [];
});

function start(beatMs = 150): SnapshotPublisher {
  const publisher = new SnapshotPublisher({ databaseUrl, redis, seal, clock: systemClock, sources: [tokenSource, userSource], log, beatMs });
  publisher.start();
  running.push(publisher);
  return publisher;
}
const head = async () => readHead(seal, await redis.get('weir:snapshot:head'));
const started = async () => { start(); return eventually(async () => { expect(await head()).toBeDefined(); return (await head())!; }); };
const deltas = () => heard.map(({ delta }) => delta).filter(({ base }) => base !== null);

async function addUser(): Promise<User> {
  const em = orm.em.fork();
  return em.transactional(async (own) => {
    const user = own.create(User, { username: `user${++serial}`, passwordHash: '', createdAt: new Date(0) });
    own.persist(user);
    await own.flush();
    touch(own, 'user', user.id);
    return user;
  });
}

async function rename(id: number, group: string): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    (await em.findOneOrFail(User, id)).group = group;
    touch(em, 'user', id);
  });
}

async function hashOfRedis(): Promise<string> {
  let sum = 0n;
  for (const [key, body] of Object.entries(await redis.hgetall('weir:snapshot:resources'))) {
    sum += BigInt(`0x${createHash('sha256').update(`${key}\n${body}`).digest('hex')}`);
  }
  return (sum % 2n ** 256n).toString(16).padStart(64, '0');
}

it('writes the whole picture at start, under a head that holds for it', async () => {
  const user = await addUser(), written = await started();
  expect(written.hash).toBe(await hashOfRedis());
  expect(JSON.parse((await redis.hget('weir:snapshot:resources', `user:${user.id}`))!))
    .toEqual({ id: user.id, username: user.username, role: 1, enabled: true, group: 'default', acceptsUnpriced: false });
});

it('publishes a commit within 100 ms as a delta on the version before', async () => {
  const user = await addUser();
  await started();
  const waits: number[] = [];
  for (let turn = 0; turn < 30; turn++) {
    const before = (await head())!;
    await rename(user.id, `g${turn}`);
    const committed = performance.now();
    const { at, delta } = await eventually(() => {
      const found = heard.find(({ delta: { upserts } }) => upserts.some(({ body }) => body.includes(`"g${turn}"`)));
      expect(found).toBeDefined();
      return found!;
    });
    expect(delta).toMatchObject({ base: before.version, head: { version: before.version + 1 }, removals: [] });
    waits.push(at - committed);
  }
  waits.sort((one, other) => one - other);
  console.log(`commit to message: median ${waits[15]!.toFixed(1)} ms, worst of 30 ${waits[29]!.toFixed(1)} ms`);
  expect(waits[15]).toBeLessThan(100);
  expect((await head())!.hash).toBe(await hashOfRedis());
});

it('publishes many commits at once without losing one', async () => {
  await started();
  const users = await Promise.all(Array.from({ length: 40 }, () => addUser()));
  await eventually(async () => {
    const keys = new Set(await redis.hkeys('weir:snapshot:resources'));
    expect(users.every(({ id }) => keys.has(`user:${id}`))).toBe(true);
  });
  expect((await head())!.hash).toBe(await hashOfRedis());
  const versions = deltas().map((delta) => [delta.base, delta.head.version]);
  versions.slice(1).forEach(([base], index) => expect(base).toBe(versions[index]![1]));
});

it('removes what is gone and says nothing when nothing differs', async () => {
  const user = await addUser();
  await started();
  await rename(user.id, 'default');
  await orm.em.fork().transactional(async (em) => {
    (await em.findOneOrFail(User, user.id)).deletedAt = new Date(1);
    touch(em, 'user', user.id);
  });
  await eventually(() => expect(deltas().at(-1)?.removals).toEqual([`user:${user.id}`]));
  expect(deltas()).toHaveLength(1);
  expect(await sqlOf(orm.em.fork())('select from snapshot_change')).toEqual([]);
});

it('beats each second with a fresh time', async () => {
  start(1_000);
  const first = await eventually(async () => { expect(await head()).toBeDefined(); return (await head())!; });
  await pause(2_300);
  const beats = heard.filter(({ delta }) => delta.base === null && delta.head.publishedAt > first.publishedAt);
  expect(beats.length).toBeGreaterThanOrEqual(2);
  expect((await head())!).toMatchObject({ version: first.version, hash: first.hash });
});

it.each([
  { name: 'everything', wipe: () => redis.flushdb() },
  { name: 'the head', wipe: () => redis.del('weir:snapshot:head') },
  { name: 'a resource', wipe: async () => redis.hdel('weir:snapshot:resources', (await redis.hkeys('weir:snapshot:resources'))[0]!) },
  { name: 'a foreign head', wipe: () => redis.set('weir:snapshot:head', '{"version":1}') },
])('heals with the next beat when Redis lost or got $name', async ({ wipe }) => {
  await addUser();
  const before = await started();
  await wipe();
  await eventually(async () => {
    expect(await head()).toMatchObject({ version: before.version, hash: before.hash });
    expect(await hashOfRedis()).toBe(before.hash);
  });
});

it('goes above a version that stands in Redis already', async () => {
  await redis.set('weir:snapshot:head', JSON.stringify(seal.head(90_000, 'ab'.repeat(32), 1)));
  const publisher = start();
  await eventually(async () => expect((await head())!.version).toBe(90_001));
  await publisher.stop();
});

it('goes on after its database session was killed', async () => {
  const user = await addUser();
  await started();
  await sqlOf(orm.em.fork())(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`);
  await rename(user.id, 'after');
  await eventually(async () => expect(await redis.hget('weir:snapshot:resources', `user:${user.id}`)).toContain('"after"'));
});

it('lets another instance take over, one at a time', async () => {
  const user = await addUser();
  const first = start();
  await eventually(async () => expect(await head()).toBeDefined());
  start();
  await pause(300);
  await rename(user.id, 'two');
  await eventually(() => expect(deltas()).toHaveLength(1));
  await first.stop();
  await rename(user.id, 'three');
  await eventually(async () => expect(await redis.hget('weir:snapshot:resources', `user:${user.id}`)).toContain('"three"'));
  expect((await head())!.hash).toBe(await hashOfRedis());
  const versions = heard.map(({ delta }) => delta.head.version);
  expect(versions).toEqual(versions.toSorted((one, other) => one - other));
});
