import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../database/sql.ts';
import { insertLogs } from '../features/log/insert-logs.ts';
import { StreamEnd, UsageOutcome } from '../features/relay-link/wire/usage.ts';
import type { Principal } from '../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';
import { usageEvent } from '../testing/usage-event.ts';

let app: TestApp, sql: Sql, admin: Principal, root: Principal, plain: Principal;
const secrets = new Map<number, string>();

async function signedIn(role: number): Promise<Principal> {
  const user = await app.user({ role });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, user);
  secrets.set(user.userId, data!.accessTokenRotate.accessToken);
  return user;
}

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [plain, admin, root] = [await signedIn(1), await signedIn(10), await signedIn(100)];
});
afterAll(() => app.stop());

async function call(method: string, path: string, as: Principal | undefined = admin, body?: unknown): Promise<{ status: number; body: Data }> {
  const headers: Record<string, string> = as ? { authorization: secrets.get(as.userId)!, 'new-api-user': String(as.userId), 'accept-language': 'en' } : {};
  const answer = await app.request({ method, path, headers, ...(body !== undefined && { body }) });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
}

const given = { name: '新渠道', type: 1, key: 'sk-your-api-key', base_url: '', models: 'gpt-4,gpt-3.5-turbo', group: 'default', status: 1 };
const channelKeys = ['id', 'type', 'key', 'openai_organization', 'test_model', 'status', 'name', 'weight', 'created_time', 'test_time', 'response_time', 'base_url', 'other', 'balance',
  'balance_updated_time', 'models', 'group', 'used_quota', 'model_mapping', 'status_code_mapping', 'priority', 'auto_ban', 'other_info', 'tag', 'setting', 'param_override', 'header_override',
  'remark', 'channel_info', 'settings'];
const add = async (over: Data = {}): Promise<Data> => (await call('POST', '/api/channel/', admin, { mode: 'single', channel: { ...given, ...over } })).body.data;

describe('channels', () => {
  it.each([
    { name: 'wrapped', path: '/api/channel/', body: { mode: 'single', channel: given } },
    { name: 'flat', path: '/api/channel', body: given },
  ])('takes the $name form', async ({ path, body }) => {
    const answer = await call('POST', path, admin, body);
    expect(answer).toMatchObject({ status: 200, body: { success: true, message: 'Channel added', data: { id: expect.any(Number) as number, name: '新渠道', ids: [expect.any(Number) as number] } } });
  });

  it('makes a channel for each key in batch mode', async () => {
    const { body } = await call('POST', '/api/channel/', admin, { mode: 'batch', channel: { ...given, key: 'one-one-one\ntwo-two-two' } });
    expect(body.data.ids).toHaveLength(2);
  });

  it('reads one with every member of the contract and no key', async () => {
    const { id } = await add({ tag: 'openai', model_mapping: '{"a":"b"}', setting: '{"proxy":""}', other: 'v1' });
    const { body } = await call('GET', `/api/channel/${id}`);
    expect(Object.keys(body.data).sort()).toEqual([...channelKeys].sort());
    expect(body.data).toMatchObject({ id, key: '', status: 1, models: 'gpt-4,gpt-3.5-turbo', group: 'default', tag: 'openai', model_mapping: '{"a":"b"}', setting: '{"proxy":""}', other: 'v1',
      auto_ban: 1, used_quota: 0, balance: 0, base_url: '', channel_info: { is_multi_key: false, multi_key_size: 0, multi_key_status_list: null, multi_key_mode: 'random' } });
  });

  it('changes only what is sent, and takes back the whole object that it gave', async () => {
    const { id } = await add({ weight: 3 }), whole = (await call('GET', `/api/channel/${id}`)).body.data;
    const changed = await call('PUT', '/api/channel/', admin, { id, name: 'renamed', priority: 7 });
    expect(changed.body).toMatchObject({ success: true, message: 'Channel updated', data: { name: 'renamed', priority: 7, weight: 3, models: given.models, key: '' } });
    expect((await call('PUT', '/api/channel/', admin, whole)).body).toMatchObject({ success: true, data: { name: '新渠道', priority: 0, weight: 3 } });
  });

  it('adds keys to a multi-key channel', async () => {
    const { id } = await add({ key: 'one-one-one' });
    const { body } = await call('PUT', '/api/channel', admin, { id, key: 'two-two-two', key_mode: 'append', multi_key_mode: 'polling' });
    expect(body.data.channel_info).toMatchObject({ is_multi_key: true, multi_key_size: 2, multi_key_mode: 'polling' });
  });

  it.each([
    { path: '/api/channel/?p=1&page_size=2', form: 'page' }, { path: '/api/channel?p=1&size=2', form: 'array' }, { path: '/api/channel?shape=page&ps=2', form: 'page' },
  ])('lists as $form for $path', async ({ path, form }) => {
    const { body } = await call('GET', path), page = form === 'page' ? body.data : { ...body, items: body.data };
    expect(page).toMatchObject({ page: 1, page_size: 2, total: expect.any(Number) as number, type_counts: { 1: page.total } });
    expect(page.items).toHaveLength(2);
    expect(page.items[0].key).toBe('');
  });

  it('orders by id when asked to, and filters by status and type', async () => {
    const { id } = await add({ status: 2, type: 14, name: 'switched off' });
    const ids = async (query: string) => (await call('GET', `/api/channel/search?${query}`)).body.data.items.map((item: Data) => item.id);
    expect((await ids('id_sort=true'))[0]).toBe(id);
    expect(await ids('status=disabled')).toEqual([id]);
    expect(await ids('status=0&type=14')).toEqual([id]);
    expect(await ids('status=enabled&type=14')).toEqual([]);
    expect(await ids('keyword=switched&group=default&model=gpt')).toEqual([id]);
    expect((await ids('status=whatever')).length).toBeGreaterThan(1);
  });

  it('tells a test that no relay answered as a failure with its time', async () => {
    const { id } = await add();
    const { body, status } = await call('GET', `/api/channel/test/${id}`);
    expect((await call('GET', `/api/channel/test/${id}?endpoint_type=openai-response`)).body).toMatchObject({ error_code: 'no_relay' });
    expect((await call('GET', `/api/channel/test/${id}?endpoint_type=telepathy`)).body.message).toMatch(/^Invalid parameters: endpoint_type must be one of /);
    expect([status, body]).toEqual([200, { success: false, message: 'No relay answered', time: 0, error_code: 'no_relay', data: { response_time: 0, status: 'failed' } }]);
  });

  it('deletes', async () => {
    const { id } = await add();
    expect((await call('DELETE', `/api/channel/${id}`)).body).toEqual({ success: true, message: 'Channel deleted' });
    expect((await call('DELETE', `/api/channel/${id}`)).status).toBe(404);
  });

  it.each([
    { name: 'an empty key', body: { ...given, key: '' }, status: 200 },
    { name: 'a long model name', body: { ...given, models: 'm'.repeat(256) }, status: 200 },
    { name: 'settings that are no JSON', body: { ...given, setting: '{' }, status: 200 },
    { name: 'an unknown group', body: { ...given, group: 'nobody' }, status: 200 },
    { name: 'a type that is text', body: { ...given, type: 'OpenAI' }, status: 400 },
    { name: 'an unknown mode', body: { mode: 'many', channel: given }, status: 400 },
    { name: 'a status out of the list', body: { ...given, status: 9 }, status: 400 },
  ])('refuses $name', async ({ body, status }) => {
    const answer = await call('POST', '/api/channel/', admin, body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
    expect(answer.body.message).not.toBe('');
  });

  it.each([{ path: '/api/channel/abc', status: 400 }, { path: '/api/channel/987654', status: 404 }, { path: '/api/channel/99999999999', status: 404 }])('answers $status for $path', async ({ path, status }) => {
    expect(await call('GET', path)).toMatchObject({ status, body: { success: false } });
  });

  it('lists models that are served, and those that are known', async () => {
    await sql(`insert into provider (type, info, announced_at) values (1, '{"type":1,"name":"openai","label":"OpenAI","dialects":["openai-chat"],"credential":[],"suggestedModels":["gpt-4o"]}', now())`);
    expect((await call('GET', '/api/channel/models_enabled')).body.data).toEqual(['gpt-3.5-turbo', 'gpt-4']);
    expect((await call('GET', '/api/channel/models')).body.data).toEqual([{ id: 'gpt-4o', object: 'model', created: 1_626_777_600, owned_by: 'openai', supported_endpoint_types: ['openai'] }]);
  });
});

describe('groups and options', () => {
  it('lists names of groups, and the usable ones with their ratios', async () => {
    expect((await call('GET', '/api/group/')).body.data).toEqual(['default', 'svip', 'vip']);
    expect((await call('GET', '/api/user/self/groups', plain)).body.data).toEqual({ default: { ratio: 1, desc: 'Default group' }, vip: { ratio: 1, desc: 'VIP group' }, auto: { ratio: '自动', desc: 'auto' } });
  });

  it('lists options as pairs or as an object, by the final slash', async () => {
    expect((await call('GET', '/api/option/', root)).body.data).toContainEqual({ key: 'QuotaPerUnit', value: '500000' });
    expect((await call('GET', '/api/option', root)).body.data).toMatchObject({ quota_per_unit: '500000', strict_http_status: 'true' });
  });

  it.each([
    { name: 'a pair', body: { key: 'RetryTimes', value: '2' }, option: 'RetryTimes', value: '2' },
    { name: 'a pair with a number', body: { key: 'RetryTimes', value: 3 }, option: 'RetryTimes', value: '3' },
    { name: 'a map in snake case', body: { system_name: 'My Weir', self_use_mode_enabled: true }, option: 'SystemName', value: 'My Weir' },
    { name: 'a price map as text', body: { key: 'ModelPrice', value: '{"draw":0.04}' }, option: 'ModelPrice', value: '{"draw":0.04}' },
    { name: 'a price map as an object', body: { key: 'CompletionRatio', value: { 'gpt-4o': 4 } }, option: 'CompletionRatio', value: '{"gpt-4o":4}' },
  ])('writes $name', async ({ body, option, value }) => {
    expect((await call('PUT', '/api/option/', root, body)).body).toEqual({ success: true, message: 'Options updated' });
    expect((await call('GET', '/api/option/', root)).body.data).toContainEqual({ key: option, value });
  });

  it.each([
    { name: 'an unknown option, by name', body: { key: 'Nonsense', value: '1' }, says: 'Nonsense' },
    { name: 'a bad value, by name', body: { retry_times: 'x' }, says: 'RetryTimes' },
    { name: 'a negative ratio, by model', body: { key: 'ModelRatio', value: '{"gpt-9":-1}' }, says: 'gpt-9' },
  ])('refuses $name', async ({ body, says }) => {
    const answer = await call('PUT', '/api/option/', root, body);
    expect([answer.status, answer.body.success]).toEqual([200, false]);
    expect(answer.body.message).toContain(says);
  });

  it('resets the ratios', async () => {
    expect((await call('POST', '/api/option/rest_model_ratio', root)).body).toEqual({ success: true, message: '' });
    expect((await call('GET', '/api/option', root)).body.data.model_price).toBe('{}');
  });

  it.each([['GET', '/api/option/'], ['PUT', '/api/option/'], ['POST', '/api/option/rest_model_ratio']])('%s %s is for root users', async (method, path) => {
    expect((await call(method, path, admin, method === 'PUT' ? { key: 'a', value: 'b' } : undefined)).status).toBe(403);
  });
});

const noTokens = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 0, reasoning: 0, outputAudio: 0 };

describe('logs', () => {
  beforeAll(async () => {
    const endedAt = app.clock.now().getTime() - 30_000;
    await insertLogs(sql, [
      usageEvent({ userId: plain.userId, tokenId: 0, endedAt, startedAt: endedAt - 2_000, chargeId: 'r1' }),
      usageEvent({ userId: admin.userId, tokenId: 0, channelId: 5, endedAt, startedAt: endedAt - 1_000, chargeId: 'r2', outcome: UsageOutcome.RELEASED, failure: 'upstream_overloaded', status: 503, amount: '0', price: null }),
    ], app.clock.now());
  });

  it('shows rows from which the charge can be computed again', async () => {
    const { body } = await call('GET', '/api/log/?p=1&page_size=10&type=2'), [row] = body.data.items, other = JSON.parse(row.other) as Data;
    expect(row).toMatchObject({ user_id: plain.userId, type: 2, model_name: 'gpt-4o', quota: 3625, prompt_tokens: 1000, completion_tokens: 500, use_time: 2, is_stream: true, channel: 3, channel_id: 3, request_id: 'r1' });
    expect(other).toMatchObject({ model_ratio: 1.25, group_ratio: 1, completion_ratio: 4, cache_tokens: 200, cache_ratio: 0.5, model_price: -1, frt: 200, request_path: '/v1/chat/completions', admin_info: { use_channel: ['3'] } });
    const units = row.prompt_tokens - other.cache_tokens + other.cache_tokens * other.cache_ratio + row.completion_tokens * other.completion_ratio;
    expect(units * other.model_ratio * other.group_ratio).toBe(row.quota);
  });

  it.each([
    { name: 'all types', query: 'type=0', found: 2 }, { name: 'errors', query: 'type=5', found: 1 }, { name: 'a channel', query: 'channel=5', found: 1 }, { name: 'any channel', query: 'channel=0', found: 2 },
    { name: 'a pattern', query: 'model_name=gpt%25', found: 2 }, { name: 'a user name', query: 'username=nobody', found: 0 }, { name: 'a time', query: 'start_timestamp=1&end_timestamp=2', found: 0 },
  ])('filters by $name', async ({ query, found }) => expect((await call('GET', `/api/log/?${query}`)).body.data.total).toBe(found));

  it('answers a plain array without the slash, and for a search', async () => {
    expect((await call('GET', '/api/log')).body).toMatchObject({ data: [{}, {}], total: 2, page: 1, page_size: 10 });
    expect((await call('GET', '/api/log/search?keyword=5')).body.data).toHaveLength(1);
  });

  it('hides from users what is for administrators', async () => {
    const { body } = await call('GET', '/api/log/self?page_size=10', plain), [row] = body.data.items;
    expect(body.data.total).toBe(1);
    expect(row.channel_name).toBe('');
    expect(row.other).not.toContain('admin_info');
    expect((await call('GET', '/api/log/self', plain)).body).toMatchObject({ data: [{}], total: 1 });
    expect((await call('GET', '/api/log/', plain)).status).toBe(403);
  });

  it('sums up', async () => {
    expect((await call('GET', '/api/log/stat')).body.data).toEqual({ quota: 3625, rpm: 1, tpm: 1500, requests: 1, prompt_tokens: 1000, completion_tokens: 500 });
    expect((await call('GET', '/api/log/self/stat', plain)).body.data).toMatchObject({ quota: 3625 });
  });

  it('tells which of several keys served, how a stream ended, and what the amounts do not say', async () => {
    const endedAt = app.clock.now().getTime() - 300_000, from = Math.floor(endedAt / 1_000) - 1;
    await insertLogs(sql, [
      usageEvent({ endedAt, startedAt: endedAt, chargeId: 'k1', attempts: [{ channelId: 3, credentialId: 9, status: 200, durationMs: 5, keyIndex: 2, effort: 'high', promptOverwritten: true, overridden: true }], end: StreamEnd.CLIENT_GONE, failure: 'client_gone', status: 499 }),
      usageEvent({ endedAt, startedAt: endedAt, chargeId: 'k2', tokens: noTokens, amount: '0' }),
    ], app.clock.now());
    const { items } = (await call('GET', `/api/log/?p=1&page_size=10&start_timestamp=${from}&end_timestamp=${from + 2}`)).body.data, rows = new Map(items.map((row: Data) => [row.request_id, row]));
    const of = (id: string): Data => rows.get(id) as Data;
    expect(of('k1').content).toBe('status_code=499, client_gone');
    expect(JSON.parse(of('k1').other)).toMatchObject({
      reasoning_effort: 'high', is_system_prompt_overwritten: true, po: true, admin_info: { is_multi_key: true, multi_key_index: 2 }, stream_status: { status: 'error', end_reason: 'client_gone', end_error: 'client_gone', error_count: 1, errors: ['client_gone'] },
    });
    expect(of('k2')).toMatchObject({ quota: 0, content: 'The provider reported no usage: nothing is charged.' });
    expect(JSON.parse(of('k2').other)).toMatchObject({ admin_info: { is_multi_key: false, multi_key_index: 0 }, stream_status: { status: 'ok', end_reason: 'complete', end_error: '', error_count: 0, errors: [] } });
  });

  it('shows the rows of a key to who holds it', async () => {
    const { data } = await app.query('mutation { tokenCreate(input: {name: "k", unlimited: true}) { key token { legacyId } } }', {}, plain);
    const { key, token } = data!.tokenCreate as { key: string; token: { legacyId: string } };
    await insertLogs(sql, [usageEvent({ userId: plain.userId, tokenId: Number(token.legacyId), chargeId: 'k1', endedAt: app.clock.now().getTime() })], app.clock.now());
    const { body } = await call('GET', `/api/log/token?key=${key}`, undefined);
    expect(body.data).toMatchObject([{ request_id: 'k1', token_name: 'k', channel_name: '' }]);
    expect(await call('GET', '/api/log/token?key=sk-unknown', undefined)).toMatchObject({ status: 200, body: { success: false } });
  });
});
