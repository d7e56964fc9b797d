import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { channelSource } from './channel-source.ts';

let app: TestApp, admin: Principal, plain: Principal, sql: Sql;

beforeAll(async () => {
  app = await startTestApp();
  [admin, plain] = [await app.user({ role: 10 }), await app.user()];
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

const good = { name: 'first', type: 1, credentials: ['sk-0123456789abcdef'], models: ['gpt-4o', 'gpt-4o-mini'], groups: ['default'], baseUrl: 'https://upstream.example/' };

const createDocument = `mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) {
  channels { id legacyId name type status baseUrl models groups modelMapping { from to } priority weight tag version autoBan credentials { id masked position status } extras { setting other } }
  userErrors { code message path ... on ValidationError { min max } } } }`;
const updateDocument = `mutation ($id: ID!, $input: ChannelPatch!, $v: Int64) { channelUpdate(id: $id, input: $input, expectedVersion: $v) {
  channel { id name status tag version baseUrl models credentials { masked } extras { setting other } } userErrors { __typename code path ... on ConflictError { currentVersion current { id ... on Channel { weight version } } } } } }`;

async function create(over: Data = {}): Promise<Data> {
  const { data, errors } = await app.query(createDocument, { input: { ...good, ...over } }, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.channelCreate;
}
const created = async (over: Data = {}): Promise<Data> => (await create(over)).channels[0];
async function update(id: string, input: Data, v?: string): Promise<Data> {
  const { data, errors } = await app.query(updateDocument, { id, input, v: v ?? null }, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.channelUpdate;
}
const touched = async () => (await sql<{ key: string }>(`select distinct key from snapshot_change where kind = 'channel'`)).map(({ key }) => key);

describe('creating', () => {
  it('stores a channel whose secret only the envelope holds, and tells the relays', async () => {
    const channel = await created({ modelMapping: '{"gpt-4o": "gpt-4o-2024-11-20"}', weight: 3 });
    expect(channel).toMatchObject({
      name: 'first', status: 'ENABLED', baseUrl: 'https://upstream.example', version: '1', weight: 3, priority: 0, autoBan: true,
      modelMapping: [{ from: 'gpt-4o', to: 'gpt-4o-2024-11-20' }], credentials: [{ masked: 'sk-…def', position: 0, status: 'ENABLED' }],
    });
    expect(await touched()).toContain(channel.legacyId);
    const [row] = await sql<{ id: number; secret: string }>('select id, secret from channel_credential order by id desc limit 1');
    expect(row!.secret).not.toContain('0123456789');
    expect(app.base.secretBox.open(row!.secret, { table: 'channel_credential', row: row!.id, column: 'secret' })).toBe('sk-0123456789abcdef');
    expect(() => app.base.secretBox.open(row!.secret, { table: 'channel_credential', row: row!.id + 1, column: 'secret' })).toThrow();
  });

  it('takes each line of a key as one credential, once', async () => {
    const { credentials } = await created({ credentials: ['sk-aaaaaaaaaaaa\n sk-bbbbbbbbbbbb \n\nsk-aaaaaaaaaaaa'] });
    expect(credentials.map(({ masked }: Data) => masked)).toEqual(['sk…aa', 'sk…bb']);
  });

  it('keeps a JSON key whole', async () => expect((await created({ credentials: ['{"a":\n1}'] })).credentials).toHaveLength(1));

  it('makes a channel for each credential when asked to', async () => {
    const { channels } = await create({ credentials: ['one-one-one', 'two-two-two'], mode: 'BATCH' });
    expect(channels.map(({ credentials }: Data) => credentials.length)).toEqual([1, 1]);
  });

  it('uses the default group and no address when none are given', async () => {
    const { groups, baseUrl } = await created({ groups: undefined, baseUrl: '' });
    expect({ groups, baseUrl }).toEqual({ groups: ['default'], baseUrl: null });
  });
});

describe('refusals name the field', () => {
  it.each([
    { name: 'a missing name', over: { name: undefined }, code: 'REQUIRED', path: 'name' },
    { name: 'a blank name', over: { name: '  ' }, code: 'REQUIRED', path: 'name' },
    { name: 'a long name', over: { name: 'x'.repeat(101) }, code: 'TOO_LONG', path: 'name' },
    { name: 'a missing key', over: { credentials: [] }, code: 'REQUIRED', path: 'credentials' },
    { name: 'a key of blanks', over: { credentials: [' \n '] }, code: 'REQUIRED', path: 'credentials' },
    { name: 'no models', over: { models: [] }, code: 'REQUIRED', path: 'models' },
    { name: 'a blank model', over: { models: ['a', ' '] }, code: 'REQUIRED', path: 'models.1' },
    { name: 'a model twice', over: { models: ['a', 'b', 'a '] }, code: 'TAKEN', path: 'models.2' },
    { name: 'a long model name', over: { models: ['m'.repeat(256)] }, code: 'TOO_LONG', path: 'models.0' },
    { name: 'a comma in a model name', over: { models: ['a,b'] }, code: 'INVALID', path: 'models.0' },
    { name: 'no groups', over: { groups: [] }, code: 'REQUIRED', path: 'groups' },
    { name: 'an unknown group', over: { groups: ['default', 'nobody'] }, code: 'NOT_FOUND', path: 'groups.1' },
    { name: 'an address of another scheme', over: { baseUrl: 'ftp://upstream.example' }, code: 'INVALID', path: 'baseUrl' },
    { name: 'an address with a user name', over: { baseUrl: 'https://user:pw@upstream.example' }, code: 'INVALID', path: 'baseUrl' },
    { name: 'an address with a query', over: { baseUrl: 'https://upstream.example/?a=1' }, code: 'INVALID', path: 'baseUrl' },
    { name: 'text that is no address', over: { baseUrl: 'upstream' }, code: 'INVALID', path: 'baseUrl' },
    { name: 'a loopback address', over: { baseUrl: 'http://127.0.0.1:9000' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'localhost', over: { baseUrl: 'http://localhost:9000' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'a loopback address in disguise', over: { baseUrl: 'http://0x7f.1/' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'a mapped private address', over: { baseUrl: 'http://[::ffff:10.0.0.1]/' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'the metadata address', over: { baseUrl: 'http://169.254.169.254' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'an address that grows too long when it is encoded', over: { baseUrl: `https://upstream.example/${'水'.repeat(700)}` }, code: 'INVALID', path: 'baseUrl' },
    { name: 'too many credentials', over: { credentials: Array.from({ length: 501 }, (_, index) => `sk-${index}`) }, code: 'OUT_OF_RANGE', path: 'credentials' },
    { name: 'too large credentials', over: { credentials: Array.from({ length: 30 }, (_, index) => `${index}`.padEnd(16_000, 'k')) }, code: 'OUT_OF_RANGE', path: 'credentials' },
    { name: 'too much text in the models', over: { models: Array.from({ length: 900 }, (_, index) => `${index}`.padEnd(250, 'm')) }, code: 'TOO_LONG', path: 'models' },
    { name: 'a huge mapping', over: { modelMapping: JSON.stringify({ a: 'b', ...Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`${index}`.padEnd(200, 'm'), 'x'.repeat(50)])) }) }, code: 'TOO_LONG', path: 'modelMapping' },
    { name: 'a negative weight', over: { weight: -1 }, code: 'OUT_OF_RANGE', path: 'weight' },
    { name: 'a huge priority', over: { priority: 2_000_000_000 }, code: 'OUT_OF_RANGE', path: 'priority' },
    { name: 'type 0', over: { type: 0 }, code: 'UNSUPPORTED', path: 'type' },
    { name: 'a mapping that is no JSON', over: { modelMapping: '{a' }, code: 'INVALID', path: 'modelMapping' },
    { name: 'a mapping that is a list', over: { modelMapping: '["a"]' }, code: 'INVALID', path: 'modelMapping' },
    { name: 'a mapping to a number', over: { modelMapping: '{"a":1}' }, code: 'INVALID', path: 'modelMapping' },
    { name: 'a mapping to text that cannot be stored', over: { modelMapping: '{"a":"\\u0000"}' }, code: 'INVALID', path: 'modelMapping' },
    { name: 'a mapping in a circle', over: { modelMapping: '{"a":"b","b":"c","c":"a"}' }, code: 'INVALID', path: 'modelMapping' },
    { name: 'a proxy of a kind that nobody speaks', over: { extras: { setting: '{"proxy":"ftp://proxy.example"}' } }, code: 'INVALID', path: 'extras.setting' },
    { name: 'a proxy at a private address', over: { extras: { setting: '{"proxy":"socks5://10.0.0.1:1080"}' } }, code: 'NOT_ALLOWED', path: 'extras.setting' },
    { name: 'an address that leads back here', over: { baseUrl: 'http://127.0.0.1:8080/v1' }, code: 'NOT_ALLOWED', path: 'baseUrl' },
    { name: 'an operation that nobody knows', over: { extras: { paramOverride: '{"operations":[{"mode":"sing"}]}' } }, code: 'INVALID', path: 'extras.paramOverride' },
    { name: 'a header with a line end', over: { extras: { headerOverride: '{"x-a":"b\\r\\nc: d"}' } }, code: 'INVALID', path: 'extras.headerOverride' },
    { name: 'a status that is none', over: { extras: { statusCodeMapping: '{"429":"nine"}' } }, code: 'INVALID', path: 'extras.statusCodeMapping' },
    { name: 'a system prompt that is no text', over: { extras: { setting: '{"system_prompt":5}' } }, code: 'INVALID', path: 'extras.setting' },
    { name: 'an extra that is no JSON', over: { extras: { settings: 'x' } }, code: 'INVALID', path: 'extras.settings' },
    { name: 'a rule of losses that nobody knows', over: { extras: { settings: '{"loss":"some"}' } }, code: 'INVALID', path: 'extras.settings' },
    { name: 'a capability that nobody knows', over: { extras: { settings: '{"capabilities":{"*":{"flies":true}}}' } }, code: 'INVALID', path: 'extras.settings' },
    { name: 'a repair that is neither on nor off', over: { extras: { setting: '{"repair":"maybe"}' } }, code: 'INVALID', path: 'extras.setting' },
    { name: 'a switch that no provider reads', over: { extras: { settings: '{"azure_responses_version":"preview","invented":true}' } }, code: 'UNSUPPORTED', path: 'extras.settings' },
  ])('$name', async ({ over, code, path }) => {
    const { channels, userErrors } = await create(over);
    expect(channels).toEqual([]);
    expect(userErrors).toEqual([expect.objectContaining({ code, path: ['input', ...path.split('.')] })]);
  });

  it('tells all faults at once', async () => {
    const { userErrors } = await create({ name: '', models: [], weight: -1, credentials: [] });
    expect(userErrors.map(({ path }: Data) => path[1]).sort()).toEqual(['credentials', 'models', 'name', 'weight']);
  });

  it('keeps the largest channel that it takes below what a relay takes', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(16_000, 'k')), models = Array.from({ length: 780 }, (_, index) => `${index}`.padEnd(250, 'm'));
    const mapping = Object.fromEntries(Array.from({ length: 760 }, (_, index) => [`${index}`.padEnd(200, 'm'), 'x'.repeat(50)]));
    const text = '"'.repeat(14_000), rules = { setting: JSON.stringify({ system_prompt: text }), paramOverride: JSON.stringify({ a: text }), headerOverride: JSON.stringify({ a: '"'.repeat(4_000) }) };
    const { id, legacyId } = await created({ credentials: keys, models, modelMapping: JSON.stringify(mapping), extras: rules });
    const [resource] = await channelSource.some(sql, [legacyId]);
    expect(resource!.body.length).toBeGreaterThan(700_000);
    expect(resource!.body.length).toBeLessThan(1_048_576);
    expect((await update(id, { appendCredentials: ['x'.repeat(16_000)] })).userErrors).toEqual([expect.objectContaining({ code: 'OUT_OF_RANGE', path: ['input', 'credentials'] })]);
  });

  it.each([
    { name: 'a complete one, with its query', address: 'https://upstream.example/chat?a=1#' },
    { name: 'one that names the model', address: 'https://upstream.example/{model}/chat', stored: 'https://upstream.example/%7Bmodel%7D/chat' },
    { name: 'the word for a plan', address: 'kimi-coding-plan' },
  ])('takes as an address $name', async ({ address, stored = address }) => expect(await created({ baseUrl: address })).toMatchObject({ baseUrl: stored }));

  it('keeps the password of a proxy sealed, and asks for the credential again when the proxy changes', async () => {
    const setting = (proxy: string) => JSON.stringify({ proxy }), full = setting('socks5://ann:secret@proxy.example:1080');
    const { id, legacyId, extras } = await created({ extras: { setting: full } });
    expect(extras.setting).toBe(setting('socks5://ann:***@proxy.example:1080'));
    const sealed = async () => (await sql<{ proxy: string }>('select proxy from channel where id = $1', [legacyId]))[0]!.proxy;
    const opened = async () => app.base.secretBox.open(await sealed(), { table: 'channel', row: Number(legacyId), column: 'proxy' });
    expect(await opened()).toBe('socks5://ann:secret@proxy.example:1080');
    const [resource] = await channelSource.some(sql, [legacyId]);
    expect([resource!.body.includes('secret@'), JSON.parse(resource!.body).rules.proxyEnvelope]).toEqual([false, await sealed()]);
    expect((await update(id, { extras: { setting: extras.setting }, weight: 7 })).userErrors).toEqual([]);
    expect(await opened()).toContain('secret');
    expect((await update(id, { extras: { setting: setting('socks5://other.example') } })).userErrors).toMatchObject([{ code: 'REQUIRED', path: ['input', 'credentials'] }]);
    expect((await update(id, { extras: { setting: setting('') }, credentials: ['sk-0123456789abcdef'] })).userErrors).toEqual([]);
    expect(await sealed()).toBeNull();
  });

  it('takes a chain, a self-map and extras that ask for nothing', async () => {
    const { userErrors } = await create({ modelMapping: '{"a":"b","b":"c","d":"d"}', extras: { setting: '{"proxy":""}', settings: '{"disable_store":false,"vertex_key_type":"api_key"}', other: '2025-04-01', organization: 'org-1' } });
    expect(userErrors).toEqual([]);
  });

  it('takes a private address that a root user has allowed, on the allowed port only', async () => {
    await sql(`insert into site_option (key, value, updated_at) values ('upstream.private_allowlist', '127.0.0.1/32:9000', now())`);
    expect((await create({ baseUrl: 'http://localhost:9000' })).userErrors).toEqual([]);
    expect((await create({ baseUrl: 'http://127.0.0.1:9001' })).userErrors).toHaveLength(1);
    await sql(`delete from site_option`);
  });

  it('takes only types that a relay has announced, once one has', async () => {
    await sql(`insert into provider (type, info, announced_at) values (14, '{"type":14,"name":"anthropic","label":"Anthropic","dialects":[],"credential":[],"suggestedModels":[]}', now())`);
    expect((await create({ type: 1 })).userErrors).toEqual([expect.objectContaining({ code: 'UNSUPPORTED' })]);
    expect((await create({ type: 14 })).userErrors).toEqual([]);
    const { data } = await app.query('{ channelTypes { id label } }', {}, admin);
    expect(data!.channelTypes).toEqual([{ id: 14, label: 'Anthropic' }]);
    await sql('delete from provider');
  });
});

describe('changing', () => {
  it('leaves what is absent, clears what is null', async () => {
    const { id } = await created({ tag: 'blue', remark: 'r' });
    expect((await update(id, { name: 'second' })).channel).toMatchObject({ name: 'second', tag: 'blue', version: '2', models: good.models });
    expect((await update(id, { tag: null })).channel).toMatchObject({ name: 'second', tag: null, version: '3' });
  });

  it('refuses a version that someone else has passed', async () => {
    const { id } = await created();
    await update(id, { weight: 1 }, '1');
    expect(await update(id, { weight: 2 }, '1')).toEqual({ channel: null, userErrors: [{ __typename: 'ConflictError', code: 'CONFLICT', path: ['expectedVersion'], currentVersion: '2', current: { id, weight: 1, version: '2' } }] });
  });

  it.each([
    { name: 'another address', input: { baseUrl: 'https://elsewhere.example' } },
    { name: 'no address of its own', input: { baseUrl: null } },
    { name: 'another type', input: { type: 14 } },
  ])('does not send a stored secret to $name', async ({ input }) => {
    const { id } = await created();
    expect((await update(id, input)).userErrors).toEqual([expect.objectContaining({ code: 'REQUIRED', path: ['input', 'credentials'] })]);
    expect((await update(id, { ...input, appendCredentials: ['sk-another-one-here'] })).userErrors).toHaveLength(1);
    const { channel } = await update(id, { ...input, credentials: ['sk-entered-again'] });
    expect(channel.credentials).toHaveLength(1);
  });

  it('takes the same address in another spelling without the secret', async () => {
    const { id } = await created();
    expect((await update(id, { baseUrl: 'HTTPS://upstream.example:443/' })).userErrors).toEqual([]);
  });

  it('adds credentials that are not there yet', async () => {
    const { id } = await created({ credentials: ['sk-one-one-one-one'] });
    const { channel } = await update(id, { appendCredentials: ['sk-one-one-one-one', 'sk-two-two-two-two'] });
    expect(channel.credentials).toHaveLength(2);
  });

  it('keeps the credentials when none are sent', async () => {
    const { id } = await created();
    expect((await update(id, { credentials: [] })).channel.credentials).toHaveLength(1);
  });

  it('switches off and on', async () => {
    const { id } = await created();
    expect((await update(id, { status: 'DISABLED' })).channel.status).toBe('DISABLED');
    expect((await update(id, { status: 'ENABLED' })).channel.status).toBe('ENABLED');
  });

  it('keeps both of two edits that meet', async () => {
    const { id } = await created();
    await Promise.all([update(id, { weight: 5 }), update(id, { tag: 'met' })]);
    const { data } = await app.query('query ($id: ID!) { channel(id: $id) { weight tag version } }', { id }, admin);
    expect(data!.channel).toEqual({ weight: 5, tag: 'met', version: '3' });
  });

  it('says not found for a channel that is not there, and refuses an id of another kind', async () => {
    expect((await update('ch_999999', { weight: 1 })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { errors } = await app.query(updateDocument, { id: 'tok_1', input: {} }, admin);
    expect(errors![0]!.extensions!.code).toBe('INVALID_ID');
  });

  it('deletes a channel with its credentials and tells the relays', async () => {
    const { id, legacyId } = await created();
    const deletion = `mutation ($id: ID!) { channelDelete(id: $id) { deletedId userErrors { code } } }`;
    expect((await app.query(deletion, { id }, admin)).data!.channelDelete).toEqual({ deletedId: id, userErrors: [] });
    expect(await sql('select from channel_credential where channel_id = $1', [legacyId])).toEqual([]);
    expect((await app.query(deletion, { id }, admin)).data!.channelDelete.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});

describe('permissions', () => {
  it.each([
    { name: 'channels', document: '{ channels { nodes { id } } }' },
    { name: 'channel', document: '{ channel(id: "1") { id } }' },
    { name: 'channelTypes', document: '{ channelTypes { id } }' },
    { name: 'enabledModels', document: '{ enabledModels }' },
    { name: 'channelCreate', document: 'mutation { channelCreate(input: {name: "x"}) { userErrors { code } } }' },
    { name: 'channelUpdate', document: 'mutation { channelUpdate(id: "1", input: {}) { userErrors { code } } }' },
    { name: 'channelDelete', document: 'mutation { channelDelete(id: "1") { deletedId } }' },
    { name: 'channelTest', document: 'mutation { channelTest(id: "1") { userErrors { code } } }' },
  ])('$name is for administrators', async ({ document }) => {
    expect((await app.query(document, {}, plain)).errors![0]!.extensions!.code).toBe('FORBIDDEN');
    expect((await app.query(document)).errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
    expect((await app.query(document, {}, admin)).errors).toBeUndefined();
  });
});
