import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { GroupService } from './group.service.ts';

let app: TestApp, root: Principal, admin: Principal, plain: Principal, sql: Sql;

beforeAll(async () => {
  app = await startTestApp();
  [root, admin, plain] = [await app.user({ role: 100 }), await app.user({ role: 10 }), await app.user({ group: 'svip' })];
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

async function update(input: Data): Promise<Data> {
  const { data, errors } = await app.query(
    'mutation ($input: GroupsPatch!) { groupsUpdate(input: $input) { groups { name ratio selectable description } userErrors { code path } } }', { input }, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.groupsUpdate;
}

it('begins with three groups', async () => {
  const { data } = await app.query('{ groups { name ratio selectable } }', {}, admin);
  expect(data!.groups).toEqual([{ name: 'default', ratio: '1', selectable: true }, { name: 'svip', ratio: '1', selectable: false }, { name: 'vip', ratio: '1', selectable: true }]);
});

it('adds and changes groups, and tells the relays of these only', async () => {
  const { groups } = await update({ upsert: [{ name: 'cheap', ratio: '0.8', selectable: true }, { name: 'vip', description: 'Friends' }] });
  expect(groups).toContainEqual({ name: 'cheap', ratio: '0.8', selectable: true, description: '' });
  expect(groups).toContainEqual({ name: 'vip', ratio: '1', selectable: true, description: 'Friends' });
  expect(await sql(`select key from snapshot_change where kind = 'group' order by key`)).toEqual([{ key: 'cheap' }, { key: 'vip' }]);
});

it.each([
  { name: 'more groups than fit', input: { upsert: Array.from({ length: 1_001 }, (_, index) => ({ name: `g${index}` })) }, code: 'OUT_OF_RANGE', path: ['input', 'upsert'] },
  { name: 'a name with a comma', input: { upsert: [{ name: 'a,b' }] }, code: 'INVALID', path: ['input', 'upsert', '0', 'name'] },
  { name: 'a blank name', input: { upsert: [{ name: '' }] }, code: 'INVALID', path: ['input', 'upsert', '0', 'name'] },
  { name: 'a negative ratio', input: { upsert: [{ name: 'x', ratio: '-0.1' }] }, code: 'OUT_OF_RANGE', path: ['input', 'upsert', '0', 'ratio'] },
  { name: 'a ratio of seven places', input: { upsert: [{ name: 'x', ratio: '0.0000001' }] }, code: 'OUT_OF_RANGE', path: ['input', 'upsert', '0', 'ratio'] },
  { name: 'the end of the default group', input: { delete: ['default'] }, code: 'IN_USE', path: ['input', 'delete', 'default'] },
  { name: 'the end of a group that a user has', input: { delete: ['svip'] }, code: 'IN_USE', path: ['input', 'delete', 'svip'] },
])('refuses $name', async ({ input, code, path }) => expect((await update(input)).userErrors).toEqual([{ code, path }]));

it('refuses the end of a group that a channel or a key names, and deletes it once none does', async () => {
  await update({ upsert: [{ name: 'busy' }] });
  await sql(`insert into channel (id, name, type, models, group_names, created_at) values (1, 'c', 1, '{m}', '{default,busy}', now())`);
  expect((await update({ delete: ['busy'] })).userErrors).toMatchObject([{ code: 'IN_USE' }]);
  await sql('delete from channel');
  await sql(`insert into token (id, user_id, key_hash, masked_key, name, created_at, allow_ips, group_name) values (1, 1, 'h', 'm', 't', now(), '{}', 'busy')`);
  expect((await update({ delete: ['busy'] })).userErrors).toMatchObject([{ code: 'IN_USE' }]);
  await sql('delete from token');
  expect((await update({ delete: ['busy'] })).groups.map(({ name }: Data) => name)).not.toContain('busy');
});

it('lets a user choose the open groups and the own one', async () => {
  const usable = async (own: string) => (await new GroupService().usable(app.base.orm.em.fork(), own)).map(({ name }) => name);
  expect(await usable('svip')).toContain('svip');
  expect(await usable('default')).not.toContain('svip');
});

it.each([
  { name: 'reading is for administrators', document: '{ groups { name } }', refused: () => plain, allowed: () => admin },
  { name: 'changing is for root users', document: 'mutation { groupsUpdate(input: {}) { userErrors { code } } }', refused: () => admin, allowed: () => root },
])('$name', async ({ document, refused, allowed }) => {
  expect((await app.query(document, {}, refused())).errors![0]!.extensions!.code).toBe('FORBIDDEN');
  expect((await app.query(document)).errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
  expect((await app.query(document, {}, allowed())).errors).toBeUndefined();
});
