import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { channelSource } from '../channel-source.ts';

let app: TestApp, admin: Principal, sql: Sql;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

const run = async (document: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await app.query(document, { ...variables }, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0];
};
const keys = (count: number) => Array.from({ length: count }, (_, index) => `key-number-${index}-abcdef`);
const add = async (count = 3): Promise<Data> => (await run('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { id version credentials { id } } } }',
  { input: { name: 'several', type: 1, credentials: keys(count), models: ['gpt-4o'] } })).channels[0];
const change = (channelId: string, action: string | null, over: object = {}) => run(
  `mutation ($channelId: ID!, $action: CredentialAction, $ids: [ID!], $positions: [Int!], $reason: String) {
    channelCredentialsUpdate(channelId: $channelId, action: $action, ids: $ids, positions: $positions, reason: $reason) {
      changed channel { version credentials { id position status statusReason statusChangedAt } } userErrors { code path } } }`, { channelId, action, ...over });
const number = (channelId: string) => Number(channelId.slice(3));
/** What relays get of the credentials of a channel. */
const sent = async (channelId: string): Promise<string[]> => (JSON.parse((await channelSource.some(sql, [String(number(channelId))]))[0]!.body) as { credentials: { id: number }[] }).credentials.map(({ id }) => `cred_${id}`);
const touched = () => sql<{ key: string }>(`select key from snapshot_change where kind = 'channel'`);
const breakDown = (channelId: string, position: number) => sql(`update channel_credential set status = 'AUTO_DISABLED', status_reason = 'invalid_api_key', status_changed_at = now() where channel_id = $1 and position = $2`, [number(channelId), position]);

describe('one credential', () => {
  it('that is switched off leaves the picture of the relays, and comes back', async () => {
    const { id, credentials: [first, second, third] } = await add();
    await sql('delete from snapshot_change');
    const off = await change(id, 'DISABLE', { ids: [second.id], reason: ' used up ' });
    expect(off).toMatchObject({ changed: 1, userErrors: [], channel: { version: '2', credentials: [{ status: 'ENABLED', statusChangedAt: null }, { status: 'DISABLED', statusReason: 'used up', statusChangedAt: app.clock.now().toISOString() }, { status: 'ENABLED' }] } });
    expect([await sent(id), await touched()]).toEqual([[first.id, third.id], [{ key: String(number(id)) }]]);
    expect(await change(id, 'ENABLE', { positions: [1] })).toMatchObject({ changed: 1, channel: { version: '3', credentials: [{}, { status: 'ENABLED', statusReason: null }, {}] } });
    expect(await sent(id)).toEqual([first.id, second.id, third.id]);
  });

  it('that is deleted lets the others move up', async () => {
    const { id, credentials: [first, , third] } = await add();
    const { channel } = await change(id, 'DELETE', { positions: [1] });
    expect(channel.credentials).toMatchObject([{ id: first.id, position: 0 }, { id: third.id, position: 1 }]);
    expect(await sent(id)).toEqual([first.id, third.id]);
  });

  it('that is switched off already is no change', async () => {
    const { id } = await add();
    await change(id, 'DISABLE', { positions: [0] });
    await sql('delete from snapshot_change');
    expect(await change(id, 'DISABLE', { positions: [0] })).toMatchObject({ changed: 0, userErrors: [], channel: { version: '2' } });
    expect(await touched()).toEqual([]);
  });

  it('can be switched on when it is the only one that is left', async () => {
    const { id } = await add(2);
    await change(id, 'DISABLE', { positions: [0] });
    await change(id, 'DELETE', { positions: [1] });
    expect(await change(id, 'ENABLE', { positions: [0] })).toMatchObject({ changed: 1, channel: { credentials: [{ status: 'ENABLED' }] } });
  });
});

describe('all credentials', () => {
  it('are switched off by a person, and on again', async () => {
    const { id } = await add();
    await breakDown(id, 0);
    expect(await change(id, 'DISABLE_ALL')).toMatchObject({ changed: 2, channel: { credentials: [{ status: 'AUTO_DISABLED' }, { status: 'DISABLED' }, { status: 'DISABLED' }] } });
    expect(await sent(id)).toEqual([]);
    expect(await change(id, 'ENABLE_ALL')).toMatchObject({ changed: 3 });
    expect(await change(id, 'ENABLE_ALL')).toMatchObject({ changed: 0, userErrors: [] });
    expect(await sent(id)).toHaveLength(3);
  });

  it('that broke down are deleted, and those that a person switched off stay', async () => {
    const { id, credentials } = await add();
    await breakDown(id, 0);
    await change(id, 'DISABLE', { positions: [1] });
    expect(await change(id, 'DELETE_AUTO_DISABLED')).toMatchObject({ changed: 1, channel: { credentials: [{ id: credentials[1].id, position: 0 }, { id: credentials[2].id, position: 1 }] } });
  });
});

describe('refusals', () => {
  it.each([
    { name: 'no action', action: null, over: {}, error: { code: 'REQUIRED', path: ['action'] } },
    { name: 'no credential', action: 'DISABLE', over: {}, error: { code: 'OUT_OF_RANGE', path: ['positions'] } },
    { name: 'a position behind the last', action: 'ENABLE', over: { positions: [2] }, error: { code: 'OUT_OF_RANGE', path: ['positions'] } },
    { name: 'a negative position', action: 'DELETE', over: { positions: [-1] }, error: { code: 'OUT_OF_RANGE', path: ['positions'] } },
    { name: 'an id of another channel', action: 'DELETE', over: { ids: ['cred_1'] }, error: { code: 'OUT_OF_RANGE', path: ['ids'] } },
    { name: 'deleting all', action: 'DELETE', over: { positions: [0, 1] }, error: { code: 'NOT_ALLOWED', path: ['action'] } },
    { name: 'deleting what did not break down', action: 'DELETE_AUTO_DISABLED', over: {}, error: { code: 'INVALID', path: ['action'] } },
    { name: 'a long reason', action: 'DISABLE', over: { positions: [0], reason: 'x'.repeat(501) }, error: { code: 'TOO_LONG', path: ['reason'] } },
  ])('name $name and change nothing', async ({ action, over, error }) => {
    await add(1);
    const { id } = await add(2), before = await sent(id);
    expect(await change(id, action, over)).toEqual({ changed: 0, channel: null, userErrors: [error] });
    expect(await sent(id)).toEqual(before);
  });

  it('are for a channel with one credential, and for none', async () => {
    expect((await change((await add(1)).id, 'DISABLE_ALL')).userErrors).toEqual([{ code: 'UNSUPPORTED', path: ['channelId'] }]);
    expect((await change('ch_999999', 'DISABLE_ALL')).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['channelId'] }]);
  });

  it('keep the last one when two are deleted at once', async () => {
    const { id, credentials } = await add(2);
    const answers = await Promise.all(credentials.map((one: Data) => change(id, 'DELETE', { ids: [one.id] })));
    expect(answers.filter(({ changed }: Data) => changed === 1)).toHaveLength(1);
    expect(await sent(id)).toHaveLength(1);
  });
});

describe('the pages', () => {
  const list = (channelId: string, over = '') => run(`query ($id: ID!) { channelCredentials(channelId: $id ${over}) { nodes { position status } total page pageSize pageCount enabledCount disabledCount autoDisabledCount userErrors { code path } } }`, { id: channelId });

  it('count all, and hold those of a status', async () => {
    const { id } = await add(5);
    await breakDown(id, 4);
    await change(id, 'DISABLE', { positions: [1, 2] });
    const counts = { enabledCount: 2, disabledCount: 2, autoDisabledCount: 1, userErrors: [] };
    expect(await list(id, ', page: 2, pageSize: 2')).toEqual({ ...counts, nodes: [{ position: 2, status: 'DISABLED' }, { position: 3, status: 'ENABLED' }], total: 5, page: 2, pageSize: 2, pageCount: 3 });
    expect(await list(id, ', status: AUTO_DISABLED, page: 9, pageSize: 0')).toEqual({ ...counts, nodes: [{ position: 4, status: 'AUTO_DISABLED' }], total: 1, page: 1, pageSize: 50, pageCount: 1 });
  });

  it('are none for a channel with one credential, and for no channel', async () => {
    expect((await list((await add(1)).id)).userErrors).toEqual([{ code: 'UNSUPPORTED', path: ['channelId'] }]);
    expect((await list('ch_999999')).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['channelId'] }]);
  });
});
