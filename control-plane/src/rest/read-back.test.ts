/** What was written is read back, member by member, and what an operator does to an account can be seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, root: RestCaller, user: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  [root, user] = [await restCaller(app, { role: 100 }), await restCaller(app)];
});
afterAll(() => app.stop());

const make = async (body: Data): Promise<Data> => (await user.call('POST', '/api/token/', body)).body.data;

describe('a key', () => {
  it.each([
    { name: 'a name', remain_quota: 4_242 }, { unlimited_quota: true, remain_quota: 77 }, { expired_time: 1_988_888_888 }, { group: 'auto', cross_group_retry: true },
    { model_limits_enabled: true, model_limits: 'a,b' }, { model_limits: 'kept,while,off' }, { allow_ips: '10.1.1.1\n2001:db8::/32' },
  ])('holds $0 when it is made with it and when it is changed to it', async (members) => {
    expect(await make({ name: 'made', ...members })).toMatchObject(members);
    const { id } = await make({ name: 'changed' });
    expect((await user.call('PUT', '/api/token/', { id, ...members })).body.data).toMatchObject(members);
    expect((await user.call('GET', `/api/token/${id}`)).body.data).toMatchObject(members);
  });

  it('keeps its list of models while the limit is off, and its quota while it is unlimited', async () => {
    const { id } = await make({ name: 'k', remain_quota: 500, model_limits: 'a,b' });
    const put = async (members: Data) => (await user.call('PUT', '/api/token/', { id, ...members })).body.data;
    expect(await put({ model_limits: 'a' })).toMatchObject({ model_limits_enabled: false, model_limits: 'a' });
    expect(await put({ model_limits_enabled: true })).toMatchObject({ model_limits_enabled: true, model_limits: 'a' });
    expect(await put({ model_limits_enabled: false, unlimited_quota: true })).toMatchObject({ model_limits_enabled: false, model_limits: 'a', remain_quota: 500 });
    expect(await put({ unlimited_quota: false })).toMatchObject({ unlimited_quota: false, remain_quota: 500, status: 1 });
  });
});

describe('a user', () => {
  const add = async (username: string): Promise<number> => (await root.call('POST', '/api/user/', { username, password: 'long-enough-9', email: `${username}@example.com` })).body.data.id;

  it('has a row in the log for each thing that an operator did to the account, with the name of the operator', async () => {
    const id = await add('managed');
    for (const action of ['disable', 'enable', 'promote', 'demote', 'delete']) await root.call('POST', '/api/user/manage', { id, action });
    const { body } = await root.call('GET', '/api/log?type=3&username=managed');
    const did = ['deleted the account', 'made the account that of a user', 'made the account that of an administrator', 'enabled the account', 'disabled the account'];
    expect(body.data.map(({ content, user_id: owner }: Data) => [content, owner])).toEqual(did.map((what) => [expect.stringMatching(new RegExp(`^\\S+ \\(${root.principal.userId}\\) ${what}$`)), id]));
  });

  it('who was deleted for good is in no list, and the name and the address are free', async () => {
    const id = await add('fleeting');
    expect((await root.call('DELETE', `/api/user/${id}`)).body.success).toBe(true);
    expect((await root.call('GET', '/api/user/?username=fleeting')).body.data.total).toBe(0);
    expect((await root.call('GET', '/api/user/?page_size=100')).body.data.items.map((one: Data) => one.id)).not.toContain(id);
    expect((await root.call('GET', `/api/user/${id}`)).status).toBe(404);
    expect(await add('fleeting')).toBeGreaterThan(id);
  });

  it('who was deleted otherwise is in the list with the time, and keeps the name', async () => {
    const id = await add('lasting');
    await root.call('POST', '/api/user/manage', { id, action: 'delete' });
    expect((await root.call('GET', '/api/user/?username=lasting')).body.data.items).toMatchObject([{ id, DeletedAt: expect.any(String) }]);
    expect((await root.call('POST', '/api/user/', { username: 'lasting', password: 'long-enough-9' })).body).toMatchObject({ success: false, code: 'username_taken' });
  });

  it('who was disabled is told so at the next call of the browser, and is out for good', async () => {
    const id = await add('banned'), from = '192.0.2.50';
    const login = await app.request({ method: 'POST', path: '/api/user/login', address: from, body: { username: 'banned', password: 'long-enough-9' } });
    const cookie = login.headers.find(([name]) => name === 'set-cookie')![1].split(';')[0]!;
    const self = async () => { const { status, body } = await app.request({ method: 'GET', path: '/api/user/self', address: from, headers: { cookie, 'new-api-user': String(id) } }); return [status, JSON.parse(String(body)).code]; };
    expect(await self()).toEqual([200, undefined]);
    await root.call('POST', '/api/user/manage', { id, action: 'disable' });
    expect(await self()).toEqual([403, 'user_disabled']);
    await root.call('POST', '/api/user/manage', { id, action: 'enable' });
    expect(await self()).toEqual([401, 'unauthenticated']);
  });
});

it('the group auto may be described, and stands among the groups to choose', async () => {
  expect((await user.call('GET', '/api/user/self/groups')).body.data).toMatchObject({ default: { ratio: 1 }, auto: { ratio: '自动', desc: 'auto' } });
  expect((await root.call('PUT', '/api/option/', { key: 'UserUsableGroups', value: '{"default":"All","auto":"The first that serves"}' })).body.success).toBe(true);
  const options = (await root.call('GET', '/api/option')).body.data;
  expect(JSON.parse(options.user_usable_groups)).toEqual({ default: 'All', auto: 'The first that serves' });
  expect((await user.call('GET', '/api/user/self/groups')).body.data).toEqual({ default: { ratio: 1, desc: 'All' }, auto: { ratio: '自动', desc: 'The first that serves' } });
});

it('the public ids of sign-in methods are told while they are off', async () => {
  await root.call('PUT', '/api/option/', { GitHubClientId: 'gh-1', TelegramBotName: 'bot-1' });
  expect((await user.call('GET', '/api/status')).body.data).toMatchObject({ github_oauth: false, github_client_id: 'gh-1', telegram_oauth: false, telegram_bot_name: 'bot-1' });
});

it('keys are told one by one or together to consoles that list them masked, and only to their owner', async () => {
  const [one, two] = [await make({ name: 'one' }), await make({ name: 'two' })], bare = ({ key }: Data) => String(key).slice(3), stranger = await restCaller(app);
  expect((await user.call('POST', `/api/token/${one!.id}/key`)).body).toEqual({ success: true, message: '', data: { key: bare(one!) } });
  expect((await user.call('POST', '/api/token/batch/keys', { ids: [one!.id, two!.id] })).body.data).toEqual({ keys: { [one!.id]: bare(one!), [two!.id]: bare(two!) } });
  expect((await stranger.call('POST', `/api/token/${one!.id}/key`)).status).toBe(404);
  expect((await user.call('POST', '/api/token/0x/key')).status).toBe(400);
});

it('an idempotency key that was used for something else is a conflict', async () => {
  const id = user.principal.userId, add = (value: number) => root.call('POST', '/api/user/manage', { id, action: 'add_quota', mode: 'add', value }, { 'idempotency-key': 'conflict-1' });
  expect([(await add(5)).status, (await add(5)).status, await add(6)]).toMatchObject([200, 200, { status: 409, body: { success: false, code: 'idempotency_key_reused' } }]);
});
