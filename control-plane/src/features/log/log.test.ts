import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { UsageOutcome, type UsageEvent } from '../relay-link/wire/usage.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { insertLogRows, insertLogs } from './insert-logs.ts';
import { conditionsOf, matches, whereOf } from './log-filter.ts';
import { readRecords } from './log-record.ts';
import { LogType, type LogFilter } from './log.inputs.ts';
import { firstExample, usageEvent } from '../../testing/usage-event.ts';

let app: TestApp, admin: Principal, ada: Principal, bob: Principal, sql: Sql;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const minutesAgo = (minutes: number): Pick<UsageEvent, 'endedAt' | 'startedAt'> => ({ endedAt: now - minutes * 60_000, startedAt: now - minutes * 60_000 - 1_000 });

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob, admin] = [await app.user({ username: 'ada' }), await app.user({ username: 'bob' }), await app.user({ role: 10 })];
  sql = sqlOf(app.base.orm.em.fork());
  await sql(`insert into token (id, user_id, key_hash, masked_key, name, created_at, allow_ips) values (2, $1, 'h', 'm', 'laptop', now(), '{}')`, [ada.userId]);
  await sql(`insert into channel (id, name, type, models, group_names, created_at) values (3, 'first', 1, '{}', '{}', now())`);
  await insertLogs(sql, [
    usageEvent({ userId: ada.userId, chargeId: 'a', upstreamModel: 'gpt-4o', ...minutesAgo(30) }),
    usageEvent({ userId: ada.userId, chargeId: 'b', model: 'claude-sonnet-4-5', upstreamModel: 'claude-sonnet-4-5-20250929', group: 'vip', stream: false, amount: '38', ...minutesAgo(20) }),
    usageEvent({ userId: bob.userId, chargeId: 'c', tokenId: 9, channelId: 5, outcome: UsageOutcome.RELEASED, failure: 'upstream_overloaded', status: 503, amount: '0', price: null, ...minutesAgo(10) }),
    usageEvent({ userId: bob.userId, chargeId: 'd', tokenId: 9, ...minutesAgo(0.5) }),
  ], new Date(now));
  await insertLogRows(sql, [{ at: now - 60_000, type: 1, userId: bob.userId, content: 'Code 12% off', quota: '500000' }], new Date(now));
});
afterAll(() => app.stop());

const fields = `id legacyId sequence at type userId username tokenId tokenName channelId channelName group model mappedModel dialect endpoint stream durationMs firstTokenMs
  tokensPerSecond httpStatus errorCode requestId ip promptTokens completionTokens quota content`;
async function logs(args: string, as = admin, more = 'requestId'): Promise<Data> {
  const { data, errors } = await app.query(`{ logs${args} { nodes { ${more} } pageInfo { hasNextPage endCursor } totalCount { value precision } } }`, {}, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.logs;
}

it('shows a row with the names of that time', async () => {
  const { nodes: [row] } = await logs('(filter: {requestId: "a"})', admin, fields);
  expect(row).toMatchObject({
    type: 'CONSUME', username: 'ada', tokenId: '2', tokenName: 'laptop', channelId: '3', channelName: 'first', group: 'default', model: 'gpt-4o', mappedModel: null,
    endpoint: '/v1/chat/completions', stream: true, durationMs: 1_000, firstTokenMs: 200, tokensPerSecond: 625, httpStatus: 200, errorCode: null, ip: null,
    promptTokens: 1000, completionTokens: 500, quota: '3625', at: '2026-11-20T11:30:00.000Z',
  });
});

it('names user, token, channel and credential by typed ids too, which lead to them', async () => {
  const refs = 'userRef tokenRef channelRef attempts { channelRef credentialRef }';
  const { nodes: [row] } = await logs('(filter: {requestId: "a"})', admin, refs);
  expect(row).toEqual({ userRef: `usr_${ada.userId}`, tokenRef: 'tok_2', channelRef: 'ch_3', attempts: [{ channelRef: 'ch_3', credentialRef: expect.toBeOneOf([null, expect.stringMatching(/^cred_\d+$/)]) }] });
  const { data } = await app.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: [row.userRef, row.channelRef] }, admin);
  expect(data!.nodes).toEqual([{ __typename: 'User', id: row.userRef }, { __typename: 'Channel', id: 'ch_3' }]);
  const { nodes: [topUp] } = await logs('(filter: {types: [TOPUP]})', admin, refs);
  expect(topUp).toEqual({ userRef: `usr_${bob.userId}`, tokenRef: null, channelRef: null, attempts: [] });
  const own = await app.query('{ viewer { logs { nodes { channelRef } } } }', {}, bob);
  expect(new Set((own.data!.viewer.logs.nodes as Data[]).map(({ channelRef }) => channelRef as unknown))).toEqual(new Set([null]));
});

it('names the model of the channel only where it is another one', async () => {
  const { nodes } = await logs('(filter: {userIds: ["' + ada.userId + '"]})', admin, 'model mappedModel');
  expect(nodes).toEqual([{ model: 'claude-sonnet-4-5', mappedModel: 'claude-sonnet-4-5-20250929' }, { model: 'gpt-4o', mappedModel: null }]);
});

it('shows how the charge adds up', async () => {
  const { nodes: [row] } = await logs('(filter: {requestId: "a"})', admin, 'pricing { version mode modelRatio groupRatio quota exact lines { name tokens ratio subtotal } } usage { source end hold tokens { input cacheRead output } } attempts { channelId status }');
  expect(row.pricing).toEqual({
    version: 1, mode: 'RATIO', modelRatio: '1.25', groupRatio: '1', quota: '3625', exact: '3625',
    lines: [{ name: 'input', tokens: 800, ratio: '1', subtotal: '1000' }, { name: 'cache_read', tokens: 200, ratio: '0.5', subtotal: '125' }, { name: 'output', tokens: 500, ratio: '4', subtotal: '2500' }],
  });
  expect(row.usage).toEqual({ source: 'UPSTREAM', end: 'COMPLETE', hold: '1875', tokens: { input: 1000, cacheRead: 200, output: 500 } });
  expect(row.attempts).toEqual([{ channelId: 3, status: 200 }]);
});

it('shows a price by call, exact before rounding', async () => {
  const price = { ...firstExample.price, mode: RelayPriceMode.PER_CALL, modelRatio: 0, callPrice: 40_001, groupRatio: 333_333, lines: [{ name: 'call', tokens: 1, ratio: 40_001 }] };
  await insertLogs(sql, [usageEvent({ userId: ada.userId, chargeId: 'call', price, amount: '6667', ...minutesAgo(40) })], new Date(now));
  const { nodes: [row] } = await logs('(filter: {requestId: "call"})', admin, 'pricing { callPrice exact lines { ratio subtotal } quota }');
  expect(row.pricing).toEqual({ callPrice: '0.040001', exact: '6666.8266665', quota: '6667', lines: [{ ratio: '0.040001', subtotal: '6666.8266665' }] });
});

const filters: { name: string; filter: LogFilter; found: string[] }[] = [
  { name: 'by type', filter: { types: [LogType.ERROR] }, found: ['c'] },
  { name: 'by whole model name', filter: { models: ['gpt-4o'] }, found: ['a', 'c', 'call', 'd'] },
  { name: 'by part of a model name', filter: { model: 'sonnet' }, found: ['b'] },
  { name: 'by pattern', filter: { modelLike: 'claude%4%' }, found: ['b'] },
  { name: 'by pattern without a wildcard', filter: { modelLike: 'gpt-4o' }, found: ['a', 'c', 'call', 'd'] },
  { name: 'by pattern with a dot and an underscore, which are plain', filter: { modelLike: 'gpt_4.%' }, found: [] },
  { name: 'by pattern whose parts overlap', filter: { modelLike: 'gpt-4o%4o' }, found: [] },
  { name: 'by number of the type', filter: { keyword: '5' }, found: ['c'] },
  { name: 'by beginning of the text', filter: { keyword: 'Code' }, found: [null as unknown as string] },
  { name: 'every type for the unknown one', filter: { types: [LogType.UNKNOWN], username: 'bob' }, found: ['c', 'd', null as unknown as string] },
  { name: 'by token', filter: { tokenIds: ['tok_9'] }, found: ['c', 'd'] },
  { name: 'by an id beyond all rows', filter: { tokenIds: ['999999999999'] }, found: [] },
  { name: 'by name of the token', filter: { tokenName: 'laptop' }, found: ['a', 'b', 'call'] },
  { name: 'by name of the user', filter: { username: 'bob', types: [LogType.CONSUME] }, found: ['d'] },
  { name: 'by channel', filter: { channelIds: ['5'] }, found: ['c'] },
  { name: 'by group', filter: { groups: ['vip'] }, found: ['b'] },
  { name: 'by failure', filter: { errorCodes: ['upstream_overloaded'] }, found: ['c'] },
  { name: 'by stream', filter: { stream: false, types: [LogType.CONSUME] }, found: ['b'] },
  { name: 'by time', filter: { from: new Date(now - 25 * 60_000), to: new Date(now - 20 * 60_000) }, found: ['b'] },
  { name: 'by beginning of the text, with no wildcard', filter: { search: 'Code 12%' }, found: [null as unknown as string] },
  { name: 'by no wildcard in a model', filter: { model: 'gpt%o' }, found: [] },
  { name: 'nothing for an empty list', filter: { types: [] }, found: [] },
];

it.each(filters)('finds $name, in the table and in the live log alike', async ({ filter, found }) => {
  const { data, errors } = await app.query('query ($filter: LogFilter) { logs(filter: $filter) { nodes { requestId } totalCount { value } } }', { filter }, admin);
  expect(errors).toBeUndefined();
  expect(data!.logs.nodes.map(({ requestId }: Data) => requestId).sort()).toEqual(found);
  expect(Number(data!.logs.totalCount.value)).toBe(found.length);
  const conditions = conditionsOf(filter, {}), { text, values } = whereOf(conditions);
  const everything = await readRecords(sql, 'where true order by seq', []);
  expect(everything.filter((row) => matches(conditions, row))).toEqual(await readRecords(sql, `${text} order by seq`, values));
});

describe('own rows', () => {
  it('are all that a user sees', async () => {
    const { data } = await app.query('{ viewer { logs { nodes { requestId channelId channelName attempts { channelId } } totalCount { value } } logSummary { requests errors } } }', {}, bob);
    expect(data!.viewer.logs.nodes).toEqual([
      { requestId: 'd', channelId: '3', channelName: null, attempts: [] }, { requestId: null, channelId: null, channelName: null, attempts: [] },
      { requestId: 'c', channelId: '5', channelName: null, attempts: [] },
    ]);
    expect(data!.viewer).toMatchObject({ logs: { totalCount: { value: '3' } }, logSummary: { requests: '1', errors: '1' } });
  });

  it('stay own ones whatever the filter asks for', async () => {
    const { data } = await app.query('query ($id: ID!) { viewer { logs(filter: {userIds: [$id]}) { nodes { requestId } } } }', { id: String(ada.userId) }, bob);
    expect(data!.viewer.logs.nodes).toEqual([]);
  });

  it('open by id for their owner and for administrators only', async () => {
    const { nodes: [row] } = await logs('(filter: {requestId: "a"})', admin, 'id');
    const open = async (as: Principal) => (await app.query('query ($id: ID!) { log(id: $id) { requestId } }', { id: row.id }, as)).data!.log;
    expect([await open(ada), await open(bob), await open(admin)]).toEqual([{ requestId: 'a' }, null, { requestId: 'a' }]);
  });
});

it('sums up a filter, and the last minute whatever the filter says', async () => {
  const { data } = await app.query('query ($from: DateTimeISO) { logSummary(filter: {from: $from}) { quota requests errors promptTokens completionTokens rpm tpm } }', { from: new Date(now - 25 * 60_000).toISOString() }, admin);
  expect(data!.logSummary).toEqual({ quota: String(38 + 3625), requests: '2', errors: '1', promptTokens: '2000', completionTokens: '1000', rpm: 1, tpm: '1500' });
});

it('counts to 10,000 and then says at least', async () => {
  await sql(`insert into log (created_at, type, user_id, model) select '2026-11-01', 4, 77, 'many' from generate_series(1, 10050)`);
  expect((await logs('(filter: {models: ["many"]}, first: 1)')).totalCount).toEqual({ value: '10000', precision: 'AT_LEAST' });
});

it.each([
  { field: 'AT', filter: 'models: ["walk0", "walk1"]' }, { field: 'QUOTA', filter: 'models: ["walk0", "walk1", "walk0"]' }, { field: 'QUOTA', filter: 'userIds: ["usr_78"]' },
])('walks rows that were there at the start exactly once, by $field of $filter, while rows come in', async ({ field, filter }) => {
  await sql(`delete from log where model in ('many', 'walk0', 'walk1')`);
  await sql(`select setval('log_seq', (10 ^ length(nextval('log_seq')::text))::bigint - 30)`);   // the numbers grow by a digit on the way
  await sql(`insert into log (created_at, type, user_id, model, request_id, quota) select timestamptz '2026-11-02' + (n % 7) * interval '1 second', 2, 78, 'walk' || n % 2, 'w' || n, n % 5 * 7 from generate_series(1, 60) n`);
  const seen: string[] = [], amounts: number[] = [];
  for (let after = '', turn = 0; ; turn++) {
    const page = await logs(`(filter: {${filter}}, first: ${7 + (turn % 5)}, orderBy: {field: ${field}, direction: DESC}${after && `, after: "${after}"`})`, admin, 'requestId quota at');
    seen.push(...page.nodes.map(({ requestId }: Data) => requestId));
    amounts.push(...page.nodes.map(({ quota, at }: Data) => (field === 'QUOTA' ? Number(quota) : Date.parse(at))));
    await sql(`insert into log (created_at, type, user_id, model, request_id, quota) values ('2026-11-02', 2, 78, 'walk1', 'new', 2)`);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  const old = seen.filter((id) => id !== 'new');
  expect(old).toHaveLength(60);
  expect(new Set(old).size).toBe(60);
  expect(amounts).toEqual(amounts.toSorted((one, other) => other - one));
});

it.each([
  { name: 'logs', document: '{ logs { nodes { id } } }' },
  { name: 'logSummary', document: '{ logSummary { quota } }' },
])('$name is for administrators', async ({ document }) => {
  expect((await app.query(document, {}, ada)).errors![0]!.extensions!.code).toBe('FORBIDDEN');
  expect((await app.query(document)).errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
});

it('is one query for a page, and none for each row', async () => {
  expect(await app.countQueries(() => app.query(`{ logs(first: 50) { nodes { ${fields} pricing { exact } usage { source } attempts { channelId } } } }`, {}, admin))).toBe(1);
});
