import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import { insertLogs } from '../log/insert-logs.ts';

let app: TestApp;
let admin: Principal, alice: Principal, bob: Principal;
let serial = 0;

/** Requests that ended at these times, written as settlement does. */
async function used(userId: number, model: string, times: readonly string[], amount = '100', over = {}): Promise<void> {
  const events = times.map((time) => usageEvent({ chargeId: `s${++serial}`, userId, model, amount, endedAt: Date.parse(time), ...over }));
  await app.base.orm.em.fork().transactional(async (em) => { await insertLogs(sqlOf(em), events, app.clock.now()); });
}

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
  alice = await app.user({ username: 'alice' });
  bob = await app.user({ username: 'bob' });
  await used(alice.userId, 'gpt-4o', ['2026-11-20T08:10:00Z', '2026-11-20T08:59:59Z', '2026-11-20T09:00:00Z']);
  await used(alice.userId, 'claude', ['2026-11-19T22:30:00Z'], '500');
  await used(bob.userId, 'gpt-4o', ['2026-11-20T08:30:00Z'], '40');
  await used(bob.userId, 'gpt-4o', ['2026-11-20T08:31:00Z'], '0', { outcome: 'RELEASED' });
});
afterAll(() => app.stop());

const range = { from: '2026-11-19T00:00:00Z', to: '2026-11-21T00:00:00Z' };
const fields = 'buckets series { key label entityId other values { metric points } } totals { metric value previous }';

async function series(input: object, as = admin): Promise<Data> {
  const { data, errors } = await app.query(`query ($input: UsageSeriesInput!) { usageSeries(input: $input) { ${fields} } }`, { input }, as);
  expect(errors).toBeUndefined();
  return data!.usageSeries as Data;
}

describe('usage over time', () => {
  it('is in the same transaction as the log', async () => {
    const sql = sqlOf(app.base.orm.em.fork());
    const [one] = await sql('select sum(requests)::int as requests, sum(errors)::int as errors, sum(quota)::int as quota from usage_hour');
    const [other] = await sql('select count(*) filter (where type = 2)::int as requests, count(*) filter (where type = 5)::int as errors, sum(quota)::int as quota from log');
    expect(one).toEqual(other);
  });

  it('has a bucket for each day of the caller\'s zone, and names the largest', async () => {
    const found = await series({ range: { ...range, timeZone: 'Asia/Shanghai' }, interval: 'DAY', metrics: ['QUOTA', 'REQUESTS'], groupBy: 'MODEL', top: 1 });
    expect(found.buckets).toEqual(['2026-11-18T16:00:00.000Z', '2026-11-19T16:00:00.000Z', '2026-11-20T16:00:00.000Z']);
    expect(found.series).toEqual([
      { key: 'claude', label: 'claude', entityId: null, other: false, values: [{ metric: 'QUOTA', points: ['0', '500', '0'] }, { metric: 'REQUESTS', points: ['0', '1', '0'] }] },
      { key: '', label: '', entityId: null, other: true, values: [{ metric: 'QUOTA', points: ['0', '340', '0'] }, { metric: 'REQUESTS', points: ['0', '4', '0'] }] },
    ]);
  });

  it('adds up, and compares with the span before', async () => {
    const input = { range: { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }, interval: 'HOUR', metrics: ['QUOTA', 'ERRORS'], compareToPrevious: true };
    expect((await series(input)).totals).toEqual([{ metric: 'QUOTA', value: '340', previous: '500' }, { metric: 'ERRORS', value: '1', previous: '0' }]);
  });

  it('names users', async () => {
    const found = await series({ range, interval: 'MONTH', metrics: ['QUOTA'], groupBy: 'USER' });
    expect(found.series.map(({ label, entityId }: Data) => [label, entityId])).toEqual([['alice', `usr_${alice.userId}`], ['bob', `usr_${bob.userId}`]]);
  });

  it('of a caller is theirs alone, whatever the filter says', async () => {
    const input = { range, interval: 'MONTH', metrics: ['QUOTA'], filter: { userIds: [`usr_${alice.userId}`] } };
    const { data } = await app.query(`query ($input: UsageSeriesInput!) { viewer { usageSeries(input: $input) { totals { value } } } }`, { input }, bob);
    expect(data!.viewer.usageSeries.totals).toEqual([{ value: '40' }]);
  });

  it.each([
    { name: 'a span that ends before it begins', over: { range: { from: range.to, to: range.from } } },
    { name: 'a zone that nobody knows', over: { range: { ...range, timeZone: 'Mars/Olympus' } } },
    { name: 'too many buckets', over: { range: { from: '2020-01-01T00:00:00Z', to: range.to } } },
    { name: 'no metric', over: { metrics: [] } },
    { name: 'too many names', over: { top: 51 } },
  ])('refuses $name', async ({ over }) => {
    const { errors } = await app.query(`query ($input: UsageSeriesInput!) { usageSeries(input: $input) { ${fields} } }`, { input: { range, interval: 'HOUR', metrics: ['QUOTA'], ...over } }, admin);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

it('the ranking says who used most, and how much of everything', async () => {
  const { data } = await app.query(`query ($input: UsageRankingInput!) { usageRanking(input: $input) { rank label value share requests } }`, { input: { range, dimension: 'USER', metric: 'QUOTA' } }, admin);
  expect(data!.usageRanking).toEqual([{ rank: 1, label: 'alice', value: '800', share: 0.952_38, requests: '4' }, { rank: 2, label: 'bob', value: '40', share: 0.047_619, requests: '1' }]);
});

describe('the compatible statistics', () => {
  const seconds = (time: string) => Date.parse(time) / 1000;
  const window = `start_timestamp=${seconds(range.from)}&end_timestamp=${seconds(range.to)}`;

  it('have a row for each hour and model, of everyone, in the words of both forms', async () => {
    const caller = await restCaller(app, { role: 10 });
    const { body } = await caller.call('GET', `/api/data/?${window}`);
    expect(body.data).toHaveLength(3);
    expect(body.data[1]).toEqual({
      id: 2, user_id: 0, username: '', model_name: 'gpt-4o', created_at: seconds('2026-11-20T08:00:00Z'), token_used: 4500, count: 3, quota: 240, date: '2026-11-20', used_quota: 240, request_count: 3,
    });
    const ofBob = await caller.call('GET', `/api/data?${window}&username=bob`);
    expect(ofBob.body.data).toMatchObject([{ user_id: bob.userId, username: 'bob', quota: 40 }]);
  });

  it('have a row for each day without times', async () => {
    const caller = await restCaller(app, { role: 10 });
    const { body } = await caller.call('GET', '/api/data');
    expect(body.data.map(({ date, model_name, quota }: Data) => [date, model_name, quota])).toEqual([['2026-11-19', '', 500], ['2026-11-20', '', 340]]);
  });

  it('of a caller span a month at most', async () => {
    const caller = await restCaller(app);
    await used(caller.principal.userId, 'gpt-4o', ['2026-11-20T10:00:00Z'], '7');
    expect((await caller.call('GET', `/api/data/self?${window}`)).body.data).toMatchObject([{ user_id: caller.principal.userId, quota: 7 }]);
    const long = await caller.call('GET', `/api/data/self?start_timestamp=${seconds('2026-10-01T00:00:00Z')}&end_timestamp=${seconds(range.to)}`);
    expect([long.status, long.body]).toEqual([200, { success: false, message: 'Span is longer than a month', code: 'span_too_long' }]);
  });
});
