import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, admin: Principal;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
  await sqlOf(app.base.orm.em.fork())(`insert into channel (id, name, type, status, base_url, models, group_names, tag, priority, weight, created_at) values
    (1, 'alpha', 1, 'ENABLED', 'https://a.example', '{gpt-4o,gpt-5}', '{default}', 'blue', 1, 0, now()),
    (2, 'beta_1', 14, 'DISABLED', null, '{claude-sonnet-4-5}', '{default,vip}', null, 5, 0, now()),
    (3, 'gamma%', 14, 'ENABLED', null, '{claude-opus-4-5}', '{vip}', 'blue', 1, 0, now())`);
  await sqlOf(app.base.orm.em.fork())(`insert into channel_credential (channel_id, position, masked, created_at) select n, 0, 'm', now() from generate_series(1, 3) n`);
});
afterAll(() => app.stop());

const list = async (args: string, more = ''): Promise<Data> => {
  const { data, errors } = await app.query(`{ channels${args} { nodes { legacyId credentials { masked } } totalCount { value precision } ${more} } }`, {}, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.channels;
};
const ids = async (args: string): Promise<number[]> => (await list(args)).nodes.map(({ legacyId }: Data) => Number(legacyId));

it.each([
  { name: 'everything, by priority', args: '', found: [2, 3, 1] },
  { name: 'part of a name', args: '(filter: {search: "ALPH"})', found: [1] },
  { name: 'part of an address', args: '(filter: {search: "a.example"})', found: [1] },
  { name: 'an id', args: '(filter: {search: "3"})', found: [3] },
  { name: 'a typed id', args: '(filter: {search: "ch_2"})', found: [2] },
  { name: 'a tag', args: '(filter: {tags: ["blue"]})', found: [3, 1] },
  { name: 'no wildcard in a search', args: '(filter: {search: "%"})', found: [3] },
  { name: 'no single-character wildcard either', args: '(filter: {search: "a_1"})', found: [2] },
  { name: 'a status', args: '(filter: {statuses: [DISABLED]})', found: [2] },
  { name: 'the enabled ones', args: '(filter: {enabled: true})', found: [3, 1] },
  { name: 'those that are not enabled', args: '(filter: {enabled: false})', found: [2] },
  { name: 'a type', args: '(filter: {types: [14]})', found: [2, 3] },
  { name: 'a group', args: '(filter: {groups: ["vip"]})', found: [2, 3] },
  { name: 'part of a model', args: '(filter: {model: "claude"})', found: [2, 3] },
  { name: 'several at once', args: '(filter: {model: "claude", statuses: [ENABLED]})', found: [3] },
  { name: 'nothing for an empty list', args: '(filter: {statuses: []})', found: [] },
  { name: 'an order by id', args: '(orderBy: {field: ID, direction: ASC})', found: [1, 2, 3] },
  { name: 'an order by name', args: '(orderBy: {field: NAME, direction: DESC})', found: [3, 2, 1] },
])('finds $name', async ({ args, found }) => expect(await ids(args)).toEqual(found));

it('says the same of a channel on a page by tag as on any other', async () => {
  await sqlOf(app.base.orm.em.fork())(`update channel set used_quota = 9007199254740991, balance_millionths = 1500000, model_mapping = '{"a": "b"}', extras = '{"other": "v1"}', tested_at = '2026-11-01T00:00:00Z', remark = 'note' where id = 3`);
  const shown = 'nodes { id legacyId name type status statusReason statusChangedAt baseUrl models groups modelMapping { from to } priority weight tag testModel remark autoBan credentialMode extras { other setting } responseTimeMs testedAt balance balanceAt usedQuota createdAt version credentials { masked } }';
  const byTag = await list('(byTag: true)', shown), usual = await list('(filter: {tags: ["blue"]})', shown);
  expect(byTag.nodes).toEqual(usual.nodes);
  expect(byTag.nodes[0]).toMatchObject({ usedQuota: '9007199254740991', balance: '1.5', modelMapping: [{ from: 'a', to: 'b' }], extras: { other: 'v1', setting: null } });
});

it('counts facets of the filter, and the total', async () => {
  const found = await list('(filter: {types: [14]}, first: 1)', 'statusCounts { key count } typeCounts { key count }');
  expect(found).toMatchObject({
    totalCount: { value: '2', precision: 'EXACT' }, statusCounts: [{ key: 'DISABLED', count: 1 }, { key: 'ENABLED', count: 1 }], typeCounts: [{ key: '14', count: 2 }],
  });
});

it('refuses the cursor of another filter', async () => {
  const { pageInfo } = await list('(first: 1)', 'pageInfo { endCursor }');
  const { errors } = await app.query(`{ channels(filter: {types: [1]}, after: "${pageInfo.endCursor}") { nodes { id } } }`, {}, admin);
  expect(errors![0]!.extensions!.code).toBe('CURSOR_MISMATCH');
});

it('lists the models of enabled channels', async () => {
  const { data } = await app.query('{ enabledModels }', {}, admin);
  expect(data!.enabledModels).toEqual(['claude-opus-4-5', 'gpt-4o', 'gpt-5']);
});

it('asks for the credentials of all rows in one query', async () => {
  expect(await app.countQueries(() => app.query('{ channels { nodes { id credentials { masked } } } }', {}, admin))).toBe(2);
});
