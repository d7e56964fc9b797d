/** Dry runs of what moves prices: told before anything is written. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, root: Principal, sql: Sql;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  sql = sqlOf(app.base.orm.em.fork());
  await sql('delete from price');
  await options({ ModelRatio: '{"a":1,"b":2}', CompletionRatio: '{"a":4}', GroupRatio: '{"default":1,"vip":0.8,"free":0}', GroupGroupRatio: '{"vip":{"default":0.9}}' }, false);
  const at = app.clock.now().getTime(), spend = (daysAgo: number, group: string, quota: number) => sql('insert into usage_hour_total (hour, group_name, model, quota) values (date_trunc(\'hour\', $1::timestamptz), $2, $3, $4)', [new Date(at - daysAgo * 86_400_000), group, 'a', quota]);
  for (const [daysAgo, group, quota] of [[1, 'default', 600], [6, 'default', 400], [8, 'default', 9_000], [2, 'vip', 77], [2, 'free', 5]] as const) await spend(daysAgo, group, quota);
});
afterAll(() => app.stop());

const run = async (call: string, selection: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await app.query(`mutation ${call} { ${selection} userErrors { code path } } }`, { ...variables }, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0] as Data;
};
const impact = '{ group userGroup before after spent wouldHaveSpent }';
const options = (values: Record<string, string>, dryRun = true): Promise<Data> =>
  run('($input: [OptionInput!]!, $dryRun: Boolean!) { optionsUpdate(input: $input, dryRun: $dryRun)', `affected { model before { modelRatio completionRatio } after { modelRatio completionRatio } } affectedGroups ${impact}`, { input: Object.entries(values).map(([key, value]) => ({ key, value })), dryRun });
const groups = (input: string, dryRun = true): Promise<Data> => run(`{ groupsUpdate(dryRun: ${dryRun}, input: { ${input} })`, `groups { name } affected ${impact}`);
const stored = () => sql(`select (select json_agg(json_build_array(name, ratio_millionths) order by name) from user_group)::text as groups,
  (select json_agg(json_build_array(model, model_ratio) order by model) from price where retired_at is null)::text as prices, (select json_agg(value order by key) from site_option)::text as options`);

it('groups: the ratio that changes, and what the last seven days would have cost', async () => {
  const before = await stored(), { affected, userErrors } = await groups('upsert: [{ name: "default", ratio: "1.5" }, { name: "new", ratio: "2" }, { name: "vip", description: "words" }], delete: ["free"]');
  expect(userErrors).toEqual([]);
  expect(affected).toEqual([
    { group: 'default', userGroup: null, before: '1', after: '1.5', spent: '1000', wouldHaveSpent: '1500' },
    { group: 'free', userGroup: null, before: '0', after: null, spent: '5', wouldHaveSpent: null },
    { group: 'new', userGroup: null, before: null, after: '2', spent: '0', wouldHaveSpent: null },
  ]);
  expect(await stored()).toEqual(before);
});

it('options that hold prices: each model that changes, and no other', async () => {
  const before = await stored(), { affected, affectedGroups } = await options({ ModelRatio: '{"a":1.25,"b":2,"c":3}', CompletionRatio: '{}' });
  expect([affected, affectedGroups]).toEqual([[
    { model: 'a', before: { modelRatio: '1', completionRatio: '4' }, after: { modelRatio: '1.25', completionRatio: null } },
    { model: 'c', before: { modelRatio: null, completionRatio: null }, after: { modelRatio: '3', completionRatio: null } },
  ], []]);
  expect(await stored()).toEqual(before);
});

it('options that hold ratios of groups: for everybody, and for users of one group', async () => {
  const before = await stored(), { affectedGroups } = await options({ GroupRatio: '{"default":1,"vip":0.4,"free":0}', GroupGroupRatio: '{"vip":{"default":0.9,"vip":0.3}}' });
  expect(affectedGroups).toEqual([
    { group: 'vip', userGroup: 'vip', before: '0.8', after: '0.3', spent: null, wouldHaveSpent: null },
    { group: 'vip', userGroup: null, before: '0.8', after: '0.4', spent: '77', wouldHaveSpent: '38' },
  ]);
  expect(await stored()).toEqual(before);
});

it('tells the same when it writes, nothing where nothing changes, and nothing beside a refusal', async () => {
  expect((await options({ SystemName: 'x', ModelRatio: '{"b":2,"a":1}' })).affected).toEqual([]);
  expect(await options({ ModelRatio: 'no json' })).toMatchObject({ affected: [], affectedGroups: [], userErrors: [{ path: ['input', '0', 'value'] }] });
  expect((await groups('upsert: [{ name: "vip", ratio: "0.5" }]', false)).affected).toEqual([{ group: 'vip', userGroup: null, before: '0.8', after: '0.5', spent: '77', wouldHaveSpent: '48' }]);
  expect((await groups('upsert: [{ name: "vip", ratio: "0.5" }]', false)).affected).toEqual([]);
});
