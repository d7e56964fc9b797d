import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { User } from '../features/user/user.entity.ts';
import { hashPassword } from '../features/user/password.ts';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, root: RestCaller, admin: RestCaller, plain: RestCaller, serial = 0;
beforeAll(async () => {
  app = await startTestApp();
  [root, admin, plain] = [await restCaller(app, { role: 100 }), await restCaller(app, { role: 10 }), await restCaller(app)];
});
afterAll(() => app.stop());

const userKeys = ['id', 'username', 'display_name', 'role', 'status', 'email', 'github_id', 'discord_id', 'oidc_id', 'wechat_id', 'telegram_id', 'linux_do_id', 'access_token', 'quota', 'used_quota', 'request_count',
  'group', 'aff_code', 'aff_count', 'aff_quota', 'aff_history_quota', 'inviter_id', 'setting', 'remark', 'stripe_customer', 'created_at', 'DeletedAt', 'password', 'original_password', 'verification_code'];
const add = async (over: Data = {}): Promise<Data> => (await root.call('POST', '/api/user/', { username: `made-${++serial}`, password: 'a long password', ...over })).body.data;
const manage = (id: number | undefined, action: string, as = admin, over: Data = {}) => as.call('POST', '/api/user/manage', { id, action, ...over });
const stored = (id: number) => app.base.orm.em.fork().findOneOrFail(User, id);
const quotaOf = async (id: number) => (await root.call('GET', `/api/user/${id}`)).body.data.quota as number;

describe('creating', () => {
  it('answers id and name, and honours quota, group, email and role', async () => {
    const given = { username: 'newuser', password: 'correct horse 7', email: 'New@Example.com', role: 1, quota: 1000, group: 'vip', remark: 'vip since May' };
    const { status, body } = await admin.call('POST', '/api/user', given, { 'accept-language': 'zh' });
    expect([status, body]).toEqual([200, { success: true, message: '用户创建成功', data: { id: expect.any(Number) as number, username: 'newuser' } }]);
    const { data } = (await admin.call('GET', `/api/user/${body.data.id}`)).body;
    expect(Object.keys(data).sort()).toEqual([...userKeys].sort());
    expect(data).toMatchObject({ username: 'newuser', display_name: 'newuser', email: 'new@example.com', role: 1, status: 1, quota: 1000, used_quota: 0, group: 'vip', remark: 'vip since May',
      access_token: null, password: '', DeletedAt: null, created_at: Math.floor(app.clock.now().getTime() / 1000) });
  });

  it.each([
    { name: 'no name', body: { password: 'a long password' }, status: 200, message: 'A user name has 1 to 20 characters' },
    { name: 'no password', body: { username: 'x' }, status: 200, message: 'A password has 8 to 128 characters' },
    { name: 'a taken name', body: { username: 'newuser', password: 'a long password' }, status: 200, message: 'Username already exists' },
    { name: 'a role not below the own', body: { username: 'x', password: 'a long password', role: 10 }, status: 200, message: 'Cannot act on a user of the same or a higher role' },
    { name: 'a quota that is text', body: { username: 'x', password: 'a long password', quota: 'all' }, status: 400, message: 'Invalid parameters: quota must be a whole number' },
  ])('refuses $name', async ({ body, status, message }) => expect(await admin.call('POST', '/api/user/', body)).toMatchObject({ status, body: { success: false, message } }));
});

describe('reading', () => {
  it.each([{ path: '/api/user/?p=1&page_size=2', form: 'page' }, { path: '/api/user?p=1&size=2', form: 'array' }, { path: '/api/user/search?keyword=user&p=1&page_size=2', form: 'page' }])('lists as $form for $path', async ({ path, form }) => {
    const { body } = await admin.call('GET', path), page = form === 'page' ? body.data : { ...body, items: body.data };
    expect(page).toMatchObject({ page: 1, page_size: 2, total: expect.any(Number) as number });
    expect(page.items).toHaveLength(2);
    expect(Object.keys(page.items[0]).sort()).toEqual([...userKeys].sort());
  });

  it('filters by name and group, searches by id, and lists the deleted ones', async () => {
    const { id } = await add({ username: 'findme-1', group: 'vip' });
    const ids = async (query: string) => (await admin.call('GET', `/api/user/${query}`)).body.data.items.map((item: Data) => item.id);
    expect(await ids('?username=FINDME&group=vip')).toEqual([id]);
    expect(await ids('?username=findme&group=default')).toEqual([]);
    expect(await ids(`search?keyword=${id}&group=vip`)).toEqual([id]);
    await manage(id, 'delete');
    expect(await ids('search?keyword=findme')).toEqual([]);
    const [gone] = (await admin.call('GET', '/api/user/?username=findme')).body.data.items;
    expect(gone).toMatchObject({ id, DeletedAt: app.clock.now().toISOString() });
  });

  it('refuses an equal or higher one, and does not know a missing one', async () => {
    expect(await admin.call('GET', `/api/user/${root.principal.userId}`)).toEqual({ status: 200, body: { success: false, message: 'Cannot act on a user of the same or a higher role', code: 'same_or_higher_role' } });
    expect((await root.call('GET', `/api/user/${admin.principal.userId}`)).body.success).toBe(true);
    expect((await admin.call('GET', '/api/user/987654')).status).toBe(404);
    expect((await admin.call('GET', '/api/user/abc')).status).toBe(400);
  });
});

describe('changing', () => {
  it('writes only what is sent, status and quota included', async () => {
    const { id } = await add({ remark: 'kept', quota: 10 });
    expect((await admin.call('PUT', '/api/user/', { id, display_name: 'New Name', quota: 500, status: 2, password: '' })).body).toEqual({ success: true, message: 'User updated' });
    expect((await admin.call('GET', `/api/user/${id}`)).body.data).toMatchObject({ display_name: 'New Name', remark: 'kept', quota: 500, status: 2, role: 1 });
    const [row] = await sqlOf(app.base.orm.em.fork())<{ content: string }>('select content from log where user_id = $1 and type = 3', [id]);
    expect(row!.content).toBe(`${admin.principal.username} (${admin.principal.userId}) changed the quota by +490 to 500: Set with the user`);
  });

  it('takes back the whole object that it gave', async () => {
    const { id } = await add({ quota: 7 }), before = (await root.call('GET', `/api/user/${id}`)).body.data, { passwordHash } = await stored(id);
    expect((await root.call('PUT', '/api/user', before)).body.success).toBe(true);
    expect([(await root.call('GET', `/api/user/${id}`)).body.data, (await stored(id)).passwordHash]).toEqual([before, passwordHash]);
  });

  it.each([
    { name: 'an equal', body: () => ({ id: admin.principal.userId, remark: 'x' }), status: 200, message: 'Cannot act on a user of the same or a higher role' },
    { name: 'a role not below the own', body: () => ({ id: plain.principal.userId, role: 10 }), status: 200, message: 'Cannot act on a user of the same or a higher role' },
    { name: 'a status out of the list', body: () => ({ id: plain.principal.userId, status: 7 }), status: 400, message: 'Invalid parameters: status must be one of 1, 2' },
    { name: 'nobody', body: () => ({ remark: 'x' }), status: 200, message: 'Invalid parameters: id is missing' },
  ])('refuses $name', async ({ body, status, message }) => expect(await admin.call('PUT', '/api/user', body())).toMatchObject({ status, body: { success: false, message } }));

  it('deletes, and says so', async () => {
    const { id } = await add();
    expect((await admin.call('DELETE', `/api/user/${id}`, undefined, { 'accept-language': 'zh' })).body).toEqual({ success: true, message: '用户删除成功' });
    expect((await admin.call('DELETE', `/api/user/${id}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/api/user/${root.principal.userId}`)).body).toMatchObject({ success: false, message: 'Cannot act on a user of the same or a higher role' });
  });
});

describe('POST /api/user/manage', () => {
  it('disables, enables, promotes, demotes and deletes', async () => {
    const { id } = await add();
    const steps = [['disable', { role: 1, status: 2 }], ['enable', { role: 1, status: 1 }], ['promote', { role: 10, status: 1 }], ['demote', { role: 1, status: 1 }], ['delete', { role: 1, status: 1 }]] as const;
    for (const [action, data] of steps) expect(await manage(id, action, root)).toEqual({ status: 200, body: { success: true, message: '', data } });
    expect((await stored(id)).deletedAt).toEqual(app.clock.now());
  });

  it('adds quota once for a double click, and again under another key of the client', async () => {
    const { id } = await add();
    for (let click = 0; click < 2; click++) expect((await manage(id, 'add_quota', admin, { value: 500 })).body).toEqual({ success: true, message: '', data: { role: 1, status: 1 } });
    expect(await quotaOf(id)).toBe(500);
    const again = () => admin.call('POST', '/api/user/manage', { id, action: 'add_quota', mode: 'add', value: 500 }, { 'idempotency-key': 'mine' });
    expect([(await again()).body.success, (await again()).body.success, await quotaOf(id)]).toEqual([true, true, 1_000]);
    await manage(id, 'add_quota', admin, { mode: 'subtract', value: 1_200 });
    expect(await quotaOf(id)).toBe(-200);
    await manage(id, 'add_quota', admin, { mode: 'override', value: 42 });
    expect(await quotaOf(id)).toBe(42);
    expect((await admin.call('POST', '/api/topup', { user_id: id, quota: 8, remark: 'thanks' })).body).toEqual({ success: true, message: '' });
    expect(await quotaOf(id)).toBe(50);
  });

  it.each([
    { name: 'an admin disabling root', as: () => admin, id: () => root.principal.userId, action: 'disable', message: 'Cannot act on a user of the same or a higher role' },
    { name: 'root disabling root', as: () => root, id: () => root.principal.userId, action: 'disable', message: 'Not possible for the root user' },
    { name: 'root deleting root', as: () => root, id: () => root.principal.userId, action: 'delete', message: 'Not possible for the root user' },
    { name: 'root demoting root', as: () => root, id: () => root.principal.userId, action: 'demote', message: 'Not possible for the root user' },
    { name: 'an admin promoting', as: () => admin, id: () => plain.principal.userId, action: 'promote', message: 'Cannot act on a user of the same or a higher role' },
    { name: 'root promoting an admin', as: () => root, id: () => admin.principal.userId, action: 'promote', message: 'The user has this role already' },
    { name: 'root demoting a common user', as: () => root, id: () => plain.principal.userId, action: 'demote', message: 'The user has this role already' },
    { name: 'an unknown user', as: () => admin, id: () => 987_654, action: 'enable', message: 'Not found' },
    { name: 'an unknown action', as: () => admin, id: () => plain.principal.userId, action: 'bless', message: 'Invalid parameters: action is not one of the allowed values' },
    { name: 'no quota to add', as: () => admin, id: () => plain.principal.userId, action: 'add_quota', message: 'Quota out of range' },
  ])('refuses $name', async ({ as, id, action, message }) => expect(await manage(id(), action, as())).toMatchObject({ status: 200, body: { success: false, message } }));

  it.each(['enable', 'disable', 'delete', 'promote', 'demote', 'add_quota'])('%s is for admins', async (action) => {
    expect((await manage(plain.principal.userId, action, plain, { value: 1 })).status).toBe(403);
    expect((await app.request({ method: 'POST', path: '/api/user/manage', body: { id: 1, action } })).status).toBe(401);
  });
});

it.each([['GET', '/api/user/'], ['GET', '/api/user/search'], ['GET', '/api/user/1'], ['POST', '/api/user'], ['PUT', '/api/user'], ['DELETE', '/api/user/1'], ['POST', '/api/topup']])('%s %s is for admins', async (method, path) => {
  const body = { GET: undefined, DELETE: undefined, POST: { username: 'x', password: 'a long password', user_id: 1, quota: 1 }, PUT: { id: 1 } }[method];
  expect([(await plain.call(method, path, body)).status, (await app.request({ method, path, ...(body && { body }) })).status]).toEqual([403, 401]);
});

describe('the own account', () => {
  it('changes profile and password, the password only with the old one', async () => {
    const me = await restCaller(app, { passwordHash: await hashPassword('old password') });
    expect((await me.call('PUT', '/api/user/self', { display_name: 'Me', email: 'Me@example.com', username: 'renamed-me', password: '' }, { 'accept-language': 'zh' })).body).toEqual({ success: true, message: '用户信息更新成功' });
    expect((await me.call('GET', '/api/user/self')).body.data).toMatchObject({ display_name: 'Me', email: 'me@example.com', username: 'renamed-me' });
    expect((await me.call('PUT', '/api/user/self', { password: 'new password', original_password: 'wrong' })).body).toMatchObject({ success: false, message: 'Old password is wrong' });
    expect((await me.call('PUT', '/api/user/self', { username: admin.principal.username })).body).toMatchObject({ success: false, message: 'Username already exists' });
    expect((await me.call('PUT', '/api/user/self', { email: 'me@EXAMPLE.com', display_name: 'd'.repeat(21) })).body).toMatchObject({ success: false, message: 'Name is too long' });
    expect((await me.call('PUT', '/api/user/self', { password: 'new password', original_password: 'old password' })).body.success).toBe(true);
    const signIn = await app.request({ method: 'POST', path: '/api/user/login', body: { username: 'renamed-me', password: 'new password' } });
    expect(JSON.parse(String(signIn.body))).toMatchObject({ success: true });
  });

  it('does not change role, group, quota or status, whatever is sent', async () => {
    const me = await restCaller(app), before = (await me.call('GET', '/api/user/self')).body.data;
    await me.call('PUT', '/api/user/self', { role: 100, group: 'vip', quota: 5, status: 2, remark: 'x' });
    expect((await me.call('GET', '/api/user/self')).body.data).toEqual(before);
  });

  it('stores what the sidebar shows, and then nothing else', async () => {
    const me = await restCaller(app), sidebar_modules = '{"chat":{"enabled":true}}', before = (await me.call('GET', '/api/user/self')).body.data;
    expect((await me.call('PUT', '/api/user/self', { sidebar_modules, display_name: 'Me' })).body).toEqual({ success: true, message: 'Account updated' });
    expect((await me.call('GET', '/api/user/self')).body.data).toEqual({ ...before, sidebar_modules, setting: expect.stringContaining('chat') as string });
    for (const wrong of ['{', '[]', `{"a":"${'x'.repeat(10_000)}"}`]) expect((await me.call('PUT', '/api/user/self', { sidebar_modules: wrong })).body.success).toBe(false);
    expect((await me.call('GET', '/api/user/self')).body.data.sidebar_modules).toBe(sidebar_modules);
  });

  it('closes, but not that of root', async () => {
    const me = await restCaller(app);
    expect((await me.call('DELETE', '/api/user/self')).body).toEqual({ success: true, message: 'User deleted' });
    expect((await me.call('GET', '/api/user/self')).status).toBe(401);
    expect(await root.call('DELETE', '/api/user/self')).toMatchObject({ status: 200, body: { success: false, message: 'Not possible for the root user' } });
  });
});

describe('groups and models', () => {
  it('tells anybody the names of the groups to pick from, and their ratios when asked', async () => {
    const ask = async (path: string) => JSON.parse(String((await app.request({ method: 'GET', path })).body)) as Data;
    expect(await ask('/api/user/groups')).toEqual({ success: true, message: '', data: ['default', 'vip'] });
    expect((await ask('/api/user/groups?detail=true')).data).toEqual({ default: { ratio: 1, desc: 'Default group' }, vip: { ratio: 1, desc: 'VIP group' } });
  });

  it('lists the models that some usable group is served, by enabled channels', async () => {
    const channel = { name: 'one', type: 1, key: 'sk-your-api-key', base_url: '', models: 'm-default', group: 'default', status: 1 };
    for (const over of [{}, { models: 'm-svip,m-both', group: 'svip' }, { models: 'm-both', group: 'vip' }, { models: 'm-off', status: 2 }])
      expect((await admin.call('POST', '/api/channel/', { ...channel, ...over })).body).toMatchObject({ success: true });
    const insider = await restCaller(app, { group: 'svip' });
    expect((await plain.call('GET', '/api/user/models')).body).toEqual({ success: true, message: '', data: ['m-both', 'm-default'] });
    expect((await insider.call('GET', '/api/user/available_models')).body.data).toEqual(['m-both', 'm-default', 'm-svip']);
    expect((await plain.call('GET', '/api/user/models?group=svip')).body.data).toEqual([]);
    expect((await plain.call('GET', '/api/user/models?group=vip')).body.data).toEqual(['m-both']);
    expect((await app.request({ method: 'GET', path: '/api/user/models' })).status).toBe(401);
  });
});
