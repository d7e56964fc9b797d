import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { groupSource } from './group-source.ts';

let app: TestApp, sql: Sql, root: RestCaller, ada: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [root, ada] = [await restCaller(app, { role: 100 }), await restCaller(app, { group: 'vip' })];
});
afterAll(() => app.stop());
beforeEach(async () => {
  await sql('delete from site_option');
  await sql('delete from snapshot_change');
});

const put = async (key: string, value: unknown): Promise<Data> => (await root.call('PUT', '/api/option/', { key, value: JSON.stringify(value) })).body;
const ratios = (value: unknown) => put('GroupGroupRatio', value);
const special = (value: unknown) => put('group_ratio_setting.group_special_usable_group', value);
const bodies = async (): Promise<Data> => {
  const all: Data = {};
  for await (const page of groupSource.all(sql)) for (const { key, body } of page) all[key] = JSON.parse(body);
  return all;
};

describe('a ratio between groups', () => {
  it('replaces that of the group for the users of the other, for relays and in what they read', async () => {
    await ratios({ vip: { default: 0.25, gone: 3 }, svip: { default: 2 } });
    expect((await bodies()).default).toMatchObject({ ratio: 1_000_000, ratios: [{ userGroup: 'svip', ratio: 2_000_000 }, { userGroup: 'vip', ratio: 250_000 }] });
    expect((await ada.call('GET', '/api/user/self/groups')).body.data.default.ratio).toBe(0.25);
    expect((await ada.call('GET', '/api/pricing')).body.group_ratio).toMatchObject({ default: 0.25, vip: 1 });
    expect((await root.call('GET', '/api/pricing')).body.group_ratio).toMatchObject({ default: 1 });
  });

  it('tells the relays of every group', async () => {
    await ratios({ vip: { default: 0.5 } });
    expect(await sql('select kind, key from snapshot_change order by key')).toEqual(['default', 'svip', 'vip'].map((key) => ({ kind: 'group', key })));
  });

  it.each([{ vip: { default: -1 } }, { vip: { default: '1' } }, { vip: 1 }, { 'a b': { default: 1 } }, { vip: { default: 0.0000001 } }, []])('is refused when it is none: %j', async (value) => {
    expect((await ratios(value)).message).toMatch(/GroupGroupRatio/);
  });

  it('never changes the group itself', async () => {
    await ratios({ vip: { default: 0.25 } });
    await ada.call('GET', '/api/user/self/groups');
    expect((await root.call('GET', '/api/option/')).body.data.find(({ key }: Data) => key === 'GroupRatio').value).toBe('{"default":1,"svip":1,"vip":1}');
  });
});

describe('groups to choose', () => {
  const names = async (): Promise<string[]> => Object.keys((await ada.call('GET', '/api/user/self/groups')).body.data as object).sort();
  const token = async (group: string): Promise<boolean> => (await ada.call('POST', '/api/token/', { name: 'k', group, unlimited_quota: true })).body.success as boolean;

  it('are added for the users of a group, and taken from them', async () => {
    expect([await names(), await token('svip'), await token('default')]).toEqual([['auto', 'default', 'vip'], false, true]);
    await special({ vip: { '+:svip': 'for you', '-:default': '' } });
    expect([await names(), await token('svip'), await token('default')]).toEqual([['auto', 'svip', 'vip'], true, false]);
    expect((await ada.call('GET', '/api/user/self/groups')).body.data.svip.desc).toBe('for you');
    expect((await bodies()).svip).toMatchObject({ allowed: ['vip'], refused: [] });
    expect((await bodies()).default).toMatchObject({ allowed: [], refused: ['vip'] });
  });

  it('always have the own one among them', async () => {
    await special({ vip: { '-:vip': '' } });
    expect([await names(), await token('vip')]).toEqual([['auto', 'default', 'vip'], true]);
  });

  it('of auto are those that the caller may use', async () => {
    await put('AutoGroups', ['svip', 'vip', 'default', 'gone']);
    expect((await ada.call('GET', '/api/pricing')).body.auto_groups).toEqual(['vip', 'default']);
  });
});
