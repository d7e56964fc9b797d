import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { StreamEnd, UsageOutcome, UsageSource, type UsageEvent } from '../relay-link/wire/usage.ts';
import { insertLogs, insertLogRows } from './insert-logs.ts';
import { makeLogPartitions } from './log-partitions.ts';

let orm: MikroORM, sql: Sql;
const now = new Date();
const noTokens = { input: 10, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 5, reasoning: 0, outputAudio: 0 };
const event = (over: Partial<UsageEvent> = {}): UsageEvent => ({
  chargeId: 'c1', outcome: UsageOutcome.SETTLED, startedAt: now.getTime() - 1200, endedAt: now.getTime(), userId: 1, tokenId: 2, group: 'default',
  model: 'gpt-4o', upstreamModel: null, channelId: 3, attempts: [], dialect: 'openai-chat', path: '/v1/chat/completions', stream: true, status: 200,
  failure: null, end: StreamEnd.COMPLETE, firstByteMs: 300, tokens: noTokens, source: UsageSource.UPSTREAM, price: null, hold: '0', amount: '38',
  platformLoss: '0', draws: [], clientAddress: '203.0.113.9', clientRequestId: null, snapshotVersion: 1, ...over,
});
const lastRow = async () => (await sql('select *, quota::int, seq::int from log order by log.seq desc limit 1'))[0]!;

beforeAll(async () => {
  orm = await openDatabase(await testDatabase());
  sql = sqlOf(orm.em.fork());
  await sql(`insert into user_account (id, username, password_hash, created_at) values (1, 'ada', '', now())`);
  await sql(`insert into token (id, user_id, key_hash, masked_key, name, created_at, allow_ips) values (2, 1, 'h', 'm', 'laptop', now(), '{}')`);
  await sql(`insert into channel (id, name, type, models, group_names, created_at) values (3, 'first', 1, '{}', '{}', now())`);
});
afterAll(() => orm.close(true));

it('writes names beside ids, in the order of the events', async () => {
  const range = await insertLogs(sql, [event(), event({ chargeId: 'c2', model: 'gpt-4o-mini' })], now);
  expect(range!.to - range!.from).toBe(1);
  expect(await lastRow()).toMatchObject({
    seq: range!.to, type: 2, username: 'ada', token_name: 'laptop', channel_name: 'first', model: 'gpt-4o-mini', quota: 38, request_id: 'c2', duration_ms: 1200,
  });
});

it.each([
  { name: 'is a consume row when something was delivered', over: {}, type: 2 },
  { name: 'is an error row when nothing was', over: { outcome: UsageOutcome.RELEASED, failure: 'upstream_overloaded' }, type: 5 },
  { name: 'is an error row when the relay crashed before an answer', over: { outcome: UsageOutcome.RECOVERED, source: UsageSource.NONE }, type: 5 },
  { name: 'is a consume row when a crash is settled from a checkpoint', over: { outcome: UsageOutcome.RECOVERED, source: UsageSource.CHECKPOINT }, type: 2 },
])('$name', async ({ over, type }) => {
  await insertLogs(sql, [event(over)], now);
  expect(await lastRow()).toMatchObject({ type });
});

it('takes text that PostgreSQL refuses, and text that is too long', async () => {
  await insertLogs(sql, [event({ model: `a\0b\ud800${'x'.repeat(500)}`, failure: 'y'.repeat(200), clientRequestId: '\0\udc00' })], now);
  expect((await lastRow()).model).toHaveLength(255);
});

it.each([
  { name: 'a clock that jumped ahead', over: { startedAt: 0 }, shown: { duration_ms: 2_147_483_647 } },
  { name: 'a clock that jumped back', over: { startedAt: now.getTime() + 1e9 }, shown: { duration_ms: 0 } },
  { name: 'a time before all times', over: { endedAt: -9e15, startedAt: -9e15 }, shown: { duration_ms: 0 } },
])('takes $name', async ({ over, shown }) => {
  await insertLogs(sql, [event(over)], now);
  expect(await lastRow()).toMatchObject(shown);
});

it('keeps the address of the client only when the instance says so', async () => {
  await insertLogs(sql, [event()], now);
  expect((await lastRow()).ip).toBeNull();
  await sql(`insert into site_option (key, value, updated_at) values ('log.record_client_address', 'true', now())`);
  await insertLogs(sql, [event()], now);
  expect((await lastRow()).ip).toBe('203.0.113.9');
});

it('takes rows of any age, and none from the future', async () => {
  await insertLogRows(sql, [{ at: 0, type: 4, userId: 1, content: 'old' }, { at: now.getTime() + 1e11, type: 4, userId: 1, content: 'ahead' }], now);
  const rows = await sql<{ ahead: boolean; part: string }>(`select created_at > $1 as ahead, tableoid::regclass::text as part from log order by seq desc limit 2`, [now]);
  expect(rows).toEqual([{ ahead: false, part: expect.stringMatching(/^log_\d{6}$/) as string }, { ahead: false, part: 'log_default' }]);
});

it('numbers rows in the order of commits, whoever began first', async () => {
  const seen: number[] = [];
  await Promise.all(Array.from({ length: 8 }, (_, index) => orm.em.fork().transactional(async (em) => {
    const own = sqlOf(em);
    await own('select pg_sleep($1)', [Math.abs(4 - index) / 100]);
    const range = await insertLogs(own, [event()], now);
    const [{ newest }] = await own<{ newest: string }>('select max(seq)::text as newest from log') as [{ newest: string }];
    expect(Number(newest)).toBe(range!.to);              // everything before it is committed and visible
    seen.push(range!.to);
  })));
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
});

it('makes the partitions of the months to come, and does nothing the second time', async () => {
  const later = new Date(Date.UTC(now.getUTCFullYear() + 1, 0, 15));
  await makeLogPartitions(sql, later);
  await makeLogPartitions(sql, later);
  const [{ count }] = await sql<{ count: number }>(`select count(*)::int from pg_class where relname like $1 and relkind = 'r'`, [`log_${later.getUTCFullYear()}%`]) as [{ count: number }];
  expect(count).toBeGreaterThanOrEqual(4);
});
