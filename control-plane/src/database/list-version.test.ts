import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';
import { sqlOf } from './sql.ts';

let app: TestApp, root: Principal, user: Principal;
beforeAll(async () => {
  app = await startTestApp();
  [root, user] = [await app.user({ role: 100 }), await app.user()];
});
afterAll(() => app.stop());

const ask = async (document: string, as = root): Promise<Data> => {
  const { data, errors } = await app.query(document, {}, as);
  expect(errors).toBeUndefined();
  return data!;
};
const conflict = (currentVersion: string) => [{ code: 'CONFLICT', path: ['expectedVersion'], currentVersion }];
const told = 'version userErrors { code path ... on ConflictError { currentVersion } }';

const lists = [
  { list: 'groups', change: (step: number, rest: string) => `groupsUpdate(input: { upsert: [{ name: "g", ratio: "1.${step}" }] }, ${rest}) { groups { name ratio } ${told} }`, state: '{ groups { name ratio } }' },
  { list: 'prices', change: (step: number, rest: string) => `pricesUpdate(input: { upsert: [{ model: "m", modelRatio: "1.${step}" }] }, ${rest}) { affected { model } ${told} }`, state: '{ prices(search: "m") { nodes { model set { modelRatio } } } }' },
  { list: 'options', change: (step: number, rest: string) => `optionsUpdate(input: [{ key: "Footer", value: "${step}" }], ${rest}) { options { key value } ${told} }`, state: '{ options(keys: ["Footer"]) { value } }' },
];

describe.each(lists)('$list', ({ list, change, state }) => {
  const version = async (): Promise<string> => (await ask(`{ ${list}Version }`))[`${list}Version`] as string;
  const edit = async (step: number, rest: string): Promise<Data> => (await ask(`mutation { ${change(step, rest)} }`))[`${list}Update`] as Data;

  it('are changed by who saw them as they are, and by nobody who saw others', async () => {
    const seen = await version(), first = await edit(1, `expectedVersion: "${seen}"`), before = await ask(state);
    expect(first).toMatchObject({ version: String(Number(seen) + 1), userErrors: [] });
    expect(await edit(2, `expectedVersion: "${seen}"`)).toMatchObject({ version: null, userErrors: conflict(first.version as string) });
    expect(await ask(state)).toEqual(before);
    expect(await edit(2, 'dryRun: false')).toMatchObject({ userErrors: [] });
  });

  it('stay as they are in a dry run, which says what would be', async () => {
    const before = await ask(state), seen = await version(), dry = await edit(7, 'dryRun: true');
    expect(dry.userErrors).toEqual([]);
    expect(JSON.stringify(dry)).toMatch(list === 'prices' ? /"model":"m"/ : /1\.7|"value":"7"/);
    expect([await ask(state), await version()]).toEqual([before, seen]);
  });

  it('are changed by many at once, who named a version and who did not, and nobody waits for ever', async () => {
    const seen = await version();
    const all = await Promise.all(Array.from({ length: 8 }, (_, step) => edit(step, step % 2 ? `expectedVersion: "${seen}"` : 'dryRun: false')));
    const refused = all.flatMap(({ userErrors }) => (userErrors as Data[]).map(({ code }) => code as string));
    expect(refused.filter((code) => code !== 'CONFLICT')).toEqual([]);
    expect(refused.length).toBeLessThanOrEqual(4);
  });

  it('are changed by one of two who saw the same', async () => {
    const seen = await version(), both = await Promise.all([edit(13, `expectedVersion: "${seen}"`), edit(14, `expectedVersion: "${seen}"`)]);
    expect(both.map(({ userErrors }) => (userErrors as Data[]).length === 0).filter(Boolean)).toHaveLength(1);
  });
});

describe.each([
  { what: 'a prefill group', change: 'prefillGroupUpdate(id: "pfg_1", input: { description: "x" }, expectedVersion: "0") { userErrors { code path ... on ConflictError { currentVersion current { __typename } } } }', field: 'prefillGroupUpdate', current: '1', row: 'PrefillGroup' },
  { what: 'the caller', change: 'viewerUpdate(input: { displayName: "x" }, expectedVersion: "0") { userErrors { code path ... on ConflictError { currentVersion current { __typename } } } }', field: 'viewerUpdate', current: '1', row: 'User' },
  { what: 'what the caller sees', change: 'viewerPreferencesUpdate(input: {}, expectedVersion: "0") { userErrors { code path ... on ConflictError { currentVersion current { __typename } } } }', field: 'viewerPreferencesUpdate', current: '2', row: 'User' },
  { what: 'where the caller is told', change: 'notifySettingUpdate(input: { channel: EMAIL }, expectedVersion: "7") { userErrors { code path ... on ConflictError { currentVersion current { __typename } } } }', field: 'notifySettingUpdate', current: '0', row: null },
])('$what', ({ change, field, current, row }) => {
  beforeAll(() => sqlOf(app.base.orm.em.fork())(`insert into prefill_group (id, name, type, created_at, updated_at) values (1, 'p', 'MODEL', now(), now()) on conflict do nothing`));

  it('is not changed by who saw another one, and by who saw this one', async () => {
    const as = field === 'prefillGroupUpdate' ? root : user;
    expect((await ask(`mutation { ${change} }`, as))[field]).toEqual({ userErrors: conflict(current).map((error) => ({ ...error, current: row && { __typename: row } })) });
    expect((await ask(`mutation { ${change.replace(/expectedVersion: "\d"/, `expectedVersion: "${current}"`)} }`, as))[field]).toEqual({ userErrors: [] });
  });
});

it('channels stay in dry runs of what deletes or changes them', async () => {
  const sql = sqlOf(app.base.orm.em.fork());
  await sql(`insert into channel (name, type, tag, status, models, group_names, created_at) select 'c' || n, 1, 't', case when n = 1 then 'DISABLED' else 'ENABLED' end, '{m}', '{default}', now() from generate_series(1, 3) as n`);
  const rows = () => sql('select id, name, tag, version from channel order by id'), before = await rows(), [{ id }] = before as [{ id: number }];
  const data = await ask(`mutation {
    channelDelete(id: "ch_${id}", dryRun: true) { deletedId } channelBulkDelete(ids: ["ch_${id}"], dryRun: true) { matched results { ok } } channelDeleteDisabled(dryRun: true) { matched }
    channelTagUpdate(tag: "t", input: { newTag: "u" }, dryRun: true) { matched } channelBulkDeleteWhere(filter: {}, expectedCount: 3, dryRun: true) { job { id } userErrors { code } }
  }`);
  expect(data).toEqual({ channelDelete: { deletedId: `ch_${id}` }, channelBulkDelete: { matched: 1, results: [{ ok: true }] }, channelDeleteDisabled: { matched: 1 }, channelTagUpdate: { matched: 3 }, channelBulkDeleteWhere: { job: null, userErrors: [] } });
  expect(await rows()).toEqual(before);
});
