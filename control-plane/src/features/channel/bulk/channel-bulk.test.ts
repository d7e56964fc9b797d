import pg from 'pg';
import { eventually } from '../../../../../scripts/testing/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';

let app: TestApp, admin: Principal;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
});
afterAll(() => app.stop());

const run = async (document: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await app.query(document, { ...variables }, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0];
};
const rows = (text: string, values: unknown[] = []): Promise<Data[]> => sqlOf(app.base.orm.em.fork())(text, values);
const add = async (over: Data = {}): Promise<string> => (await run('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { id } userErrors { path } } }',
  { input: { name: 'one', type: 1, credentials: ['sk-0123456789abcdef'], models: ['gpt-4o'], ...over } })).channels[0].id;
const read = (id: string) => run('query ($id: ID!) { channel(id: $id) { name status statusChangedAt tag priority weight groups models modelMapping { from to } autoBan version usedQuota balance testedAt responseTimeMs extras { paramOverride } credentials { masked status } } }', { id });
const outcome = '{ matched results { id ok userErrors { code path } } userErrors { code path } }';
const bulkUpdate = (ids: string[], input: object) => run(`mutation ($ids: [ID!]!, $input: ChannelBulkPatch!) { channelBulkUpdate(ids: $ids, input: $input) ${outcome} }`, { ids, input });
const bulkDelete = (ids: string[]) => run(`mutation ($ids: [ID!]!) { channelBulkDelete(ids: $ids) ${outcome} }`, { ids });
const tagUpdate = (tag: string, input: object) => run(`mutation ($tag: String!, $input: ChannelTagPatch!) { channelTagUpdate(tag: $tag, input: $input) ${outcome} }`, { tag, input });
const copy = (id: string, over = '') => run(`mutation ($id: ID!) { channelCopy(id: $id ${over}) { channel { id } userErrors { code path } } }`, { id });
const told = async () => (await rows(`select key from snapshot_change where kind = 'channel' order by id`)).map(({ key }) => `ch_${key}`);
const forget = () => rows('delete from snapshot_change');

describe('changing many', () => {
  it('writes the same into all, tells relays of each, and says which id is none', async () => {
    const ids = [await add(), await add({ tag: 'old' })];
    await forget();
    const answer = await bulkUpdate([ids[0]!, 'ch_999999', ids[1]!], { tag: ' new ', priority: 5, weight: 2, groups: ['vip'], status: 'DISABLED', autoBan: false });
    expect(answer).toEqual({ matched: 2, userErrors: [], results: [
      { id: ids[0], ok: true, userErrors: [] }, { id: 'ch_999999', ok: false, userErrors: [{ code: 'NOT_FOUND', path: ['ids', '1'] }] }, { id: ids[1], ok: true, userErrors: [] },
    ] });
    for (const id of ids) {
      expect(await read(id)).toMatchObject({ tag: 'new', priority: 5, weight: 2, groups: ['vip'], status: 'DISABLED', autoBan: false, version: '2', models: ['gpt-4o'], statusChangedAt: app.clock.now().toISOString() });
    }
    expect(await told()).toEqual(ids);
  });

  it('takes the tag away for null, and leaves all else', async () => {
    const id = await add({ tag: 'old', priority: 3 });
    await bulkUpdate([id], { tag: null });
    expect(await read(id)).toMatchObject({ tag: null, priority: 3, status: 'ENABLED', statusChangedAt: null });
  });

  it('is no change without a member', async () => {
    const id = await add();
    await forget();
    expect((await bulkUpdate([id], {})).matched).toBe(1);
    expect([(await read(id)).version, await told()]).toEqual(['1', []]);
  });

  it('costs as many statements for 300 channels as for one', async () => {
    const [first] = await rows(`insert into channel (name, type, models, group_names, created_at) select 'n', 1, '{a}', '{default}', now() from generate_series(1, 300) returning id`);
    const ids = Array.from({ length: 300 }, (_, index) => `ch_${Number(first!.id) + index}`);
    const cost = (chosen: string[]) => app.countQueries(() => bulkUpdate(chosen, { weight: chosen.length }));
    expect(await cost(ids)).toBe(await cost(ids.slice(0, 1)));
    expect((await bulkDelete(ids)).matched).toBe(300);
  });

  it.each([
    { name: 'no ids', ids: [], input: { tag: 'a' }, code: 'REQUIRED', path: ['ids'] },
    { name: '1,001 ids', ids: Array.from({ length: 1_001 }, (_, index) => String(index + 1)), input: { tag: 'a' }, code: 'OUT_OF_RANGE', path: ['ids'] },
    { name: 'a long tag', ids: ['1'], input: { tag: 'x'.repeat(65) }, code: 'TOO_LONG', path: ['input', 'tag'] },
    { name: 'an unknown group', ids: ['1'], input: { groups: ['nobody'] }, code: 'NOT_FOUND', path: ['input', 'groups', '0'] },
    { name: 'a negative weight', ids: ['1'], input: { weight: -1 }, code: 'OUT_OF_RANGE', path: ['input', 'weight'] },
  ])('refuses $name', async ({ ids, input, code, path }) => expect(await bulkUpdate(ids, input)).toEqual({ matched: 0, results: [], userErrors: [{ code, path }] }));

  it('refuses what is no channel id', async () => {
    await expect(bulkUpdate(['tok_1'], { tag: 'a' })).rejects.toThrow('INVALID_ID');
  });

  it('never leaves two of them waiting for each other', async () => {
    const ids = [await add(), await add(), await add()];
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => bulkUpdate(index % 2 ? ids : ids.toReversed(), { weight: index })));
    expect(answers.every(({ matched }) => matched === 3)).toBe(true);
    expect((await read(ids[0]!)).version).toBe('21');
  });
});

describe('beside settlement', () => {
  it('tries again when each waits for the other', async () => {
    const [first, second] = [await add(), await add()], [low, high] = [first, second].map((id) => Number(id.slice(3)));
    const settlement = new pg.Client({ connectionString: app.base.config.databaseUrl });
    await settlement.connect();
    await settlement.query('begin');
    await settlement.query('update channel set used_quota = 7 where id = $1', [high]);
    const bulk = bulkUpdate([first, second], { weight: 9 });
    await eventually(async () => expect((await rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into bulk_row%'`)).length).toBe(1));
    // PostgreSQL ends whichever of the two it finds first: on a busy machine that may be this one, which then does as settlement does.
    await settlement.query('update channel set used_quota = 7 where id = $1', [low]).catch(async () => {
      await settlement.query('rollback');
      await settlement.query('update channel set used_quota = 7 where id = any($1::int[])', [[low, high]]);
      await settlement.query('begin');
    });
    await settlement.query('commit');
    await settlement.end();
    expect((await bulk).matched).toBe(2);
    expect(await read(first)).toMatchObject({ weight: 9, usedQuota: '7', version: '2' });
  });
});

describe('deleting many', () => {
  it('deletes with their credentials and tells the relays', async () => {
    const ids = [await add(), await add()];
    await forget();
    expect(await bulkDelete([...ids, ids[0]!])).toMatchObject({ matched: 2, results: [{ ok: true }, { ok: true }, { ok: true }] });
    expect([await read(ids[0]!), await told()]).toEqual([null, ids]);
    expect(await rows('select 1 from channel_credential where channel_id = $1', [Number(ids[0]!.slice(3))])).toEqual([]);
  });

  it('deletes those that are off, by a person or by themselves', async () => {
    await run('mutation { channelDeleteDisabled { matched } }');
    const off = await add({ status: 'DISABLED' }), auto = await add({ status: 'AUTO_DISABLED' }), on = await add();
    expect(await run('mutation { channelDeleteDisabled { matched userErrors { code } } }')).toEqual({ matched: 2, userErrors: [] });
    expect([await read(off), await read(auto), (await read(on)).status]).toEqual([null, null, 'ENABLED']);
  });
});

describe('tags', () => {
  it('change all channels of the tag and no other', async () => {
    const ids = [await add({ tag: 'pool' }), await add({ tag: 'pool' })], other = await add({ tag: 'pool2' });
    const answer = await tagUpdate('pool', { newTag: 'basin', models: ['a', ' b '], groups: ['vip'], modelMapping: '{"a":"c"}', paramOverride: '{}', weight: 4, status: 'DISABLED' });
    expect(answer).toEqual({ matched: 2, results: [], userErrors: [] });
    for (const id of ids) expect(await read(id)).toMatchObject({ tag: 'basin', models: ['a', 'b'], groups: ['vip'], modelMapping: [{ from: 'a', to: 'c' }], extras: { paramOverride: '{}' }, weight: 4, status: 'DISABLED' });
    expect(await read(other)).toMatchObject({ tag: 'pool2', models: ['gpt-4o'], version: '1' });
  });

  it('stay as they are where a member is empty', async () => {
    const id = await add({ tag: 'keep', modelMapping: '{"a":"b"}' });
    await tagUpdate('keep', { newTag: ' ', models: [], groups: [], modelMapping: '' });
    expect(await read(id)).toMatchObject({ tag: 'keep', models: ['gpt-4o'], groups: ['default'], modelMapping: [{ from: 'a', to: 'b' }], version: '1' });
  });

  it.each([
    { name: 'an empty tag', tag: ' ', input: {}, path: ['tag'] },
    { name: 'a long new tag', tag: 'a', input: { newTag: 'x'.repeat(65) }, path: ['input', 'newTag'] },
    { name: 'an override that is no JSON', tag: 'a', input: { paramOverride: '{' }, path: ['input', 'paramOverride'] },
    { name: 'a mapping in a circle', tag: 'a', input: { modelMapping: '{"a":"b","b":"a"}' }, path: ['input', 'modelMapping'] },
  ])('refuse $name', async ({ tag, input, path }) => expect((await tagUpdate(tag, input)).userErrors).toMatchObject([{ path }]));

  it('have the longest model list of their channels', async () => {
    await add({ tag: 'lists', models: ['a', 'b', 'c'] });
    await add({ tag: 'lists', models: ['a-much-longer-name'] });
    expect([await run('{ tagModels(tag: "lists") }'), await run('{ tagModels(tag: "none") }')]).toEqual([['a-much-longer-name'], []]);
  });
});

describe('a copy', () => {
  it('has the settings and the secrets of the first, but not its tests and sums', async () => {
    const id = await add({ name: 'origin', credentials: ['sk-0123456789abcdef', 'sk-fedcba9876543210'], tag: 't', weight: 7, modelMapping: '{"a":"b"}' });
    await rows('update channel set used_quota = 9, tested_at = now(), response_time_ms = 5, balance_millionths = 2000000 where id = $1', [Number(id.slice(3))]);
    const { channel } = await copy(id, ', suffix: "-2"'), twin = await read(channel.id);
    expect(twin).toMatchObject({ name: 'origin-2', tag: 't', weight: 7, modelMapping: [{ from: 'a', to: 'b' }], usedQuota: '0', balance: '0', testedAt: null, responseTimeMs: 0, version: '1', credentials: (await read(id)).credentials });
    const secrets = (await rows('select id, secret from channel_credential where channel_id = $1 order by position', [Number(channel.id.slice(3))]))
      .map(({ id: row, secret }) => app.base.secretBox.open(secret, { table: 'channel_credential', row, column: 'secret' }));
    expect(secrets).toEqual(['sk-0123456789abcdef', 'sk-fedcba9876543210']);
    expect(await told()).toContain(channel.id);
  });

  it('keeps the sums when asked to', async () => {
    const id = await add();
    await rows('update channel set used_quota = 9, balance_millionths = 2000000 where id = $1', [Number(id.slice(3))]);
    expect(await read((await copy(id, ', resetBalance: false')).channel.id)).toMatchObject({ name: 'one copy', usedQuota: '9', balance: '2' });
  });

  it('is refused for a name that grows too long, and for no channel', async () => {
    expect(await copy(await add({ name: 'n'.repeat(99) }), ', suffix: "-2"')).toEqual({ channel: null, userErrors: [{ code: 'TOO_LONG', path: ['suffix'] }] });
    expect((await copy('ch_999999')).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['id'] }]);
  });
});

it('a rebuild of the abilities sends every channel anew', async () => {
  await add();
  await forget();
  const all = (await rows('select id from channel order by id')).map(({ id }) => `ch_${id}`);
  expect(await run('mutation { abilitiesRebuild { rebuilt userErrors { code } } }')).toEqual({ rebuilt: all.length, userErrors: [] });
  expect(await told()).toEqual(all);
});
