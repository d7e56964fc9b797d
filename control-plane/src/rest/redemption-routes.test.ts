import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, admin: RestCaller, user: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  [admin, user] = [await restCaller(app, { role: 10 }), await restCaller(app)];
});
afterAll(() => app.stop());

const given = { name: '新人礼包', quota: 1000, count: 2, expired_time: 0 };
const rowKeys = ['id', 'user_id', 'key', 'status', 'name', 'quota', 'created_time', 'redeemed_time', 'count', 'used_count', 'used_user_id', 'expired_time', 'DeletedAt'];
let serial = 0;
const add = async (over: Data = {}): Promise<Data> => (await admin.call('POST', '/api/redemption', { ...given, name: `code ${++serial}`, ...over })).body.data;

describe('codes over REST', () => {
  it('answers codes as an object, or as an array with the final slash', async () => {
    const object = await admin.call('POST', '/api/redemption', given, { 'accept-language': 'zh' });
    expect(object).toMatchObject({ status: 200, body: { success: true, message: '兑换码创建成功', data: { ids: [expect.any(Number), expect.any(Number)], keys: [expect.stringMatching(/^[0-9a-f]{32}$/), expect.any(String)] } } });
    expect(object.body.data).toMatchObject({ id: object.body.data.ids[0], key: object.body.data.keys[0] });
    const array = await admin.call('POST', '/api/redemption/', { ...given, count: 1 });
    expect(array.body.data).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('makes one batch for a double click within ten seconds, and another one under a key of the client', async () => {
    const body = { ...given, name: 'twice' }, click = async (headers = {}) => (await admin.call('POST', '/api/redemption', body, headers)).body.data.id as number;
    const [first, second] = [await click(), await click()];
    expect(second).toBe(first);
    expect(await click({ 'idempotency-key': 'mine' })).not.toBe(first);
    expect(await click({ 'idempotency-key': 'mine' })).toBe(await click({ 'idempotency-key': 'mine' }));
    const [name] = (await app.base.redis.keys('weir:rest-key:*')).slice(0, 1), left = await app.base.redis.pttl(name!);
    expect(left > 0 && left <= 10_000).toBe(true);
  });

  it('reads one with every member of the contract', async () => {
    const { id, key } = await add();
    const { body } = await admin.call('GET', `/api/redemption/${id}`);
    expect(Object.keys(body.data).sort()).toEqual([...rowKeys].sort());
    expect(body.data).toMatchObject({ id, user_id: admin.principal.userId, key, status: 1, quota: 1000, count: 1, used_count: 0, used_user_id: 0, redeemed_time: 0, expired_time: 0, DeletedAt: null });
  });

  it.each([
    { path: '/api/redemption/?p=1&page_size=2', form: 'page' }, { path: '/api/redemption?p=1&size=2', form: 'array' }, { path: '/api/redemption/search?keyword=code&p=1&page_size=2', form: 'page' },
  ])('lists as $form for $path', async ({ path, form }) => {
    for (let count = 0; count < 2; count++) await add();
    const { body } = await admin.call('GET', path), page = form === 'page' ? body.data : { ...body, items: body.data };
    expect(page).toMatchObject({ page: 1, page_size: 2, total: expect.any(Number) as number });
    expect(page.items.map((item: Data) => Object.keys(item).length)).toEqual([rowKeys.length, rowKeys.length]);
  });

  it('changes what is sent, and only the status when asked to', async () => {
    const { id } = await add(), soon = Math.floor(app.clock.now().getTime() / 1000) + 3_600;
    expect((await admin.call('PUT', '/api/redemption/', { id, name: 'renamed', quota: 5, expired_time: soon, status: 2 })).body).toMatchObject({ success: true, message: '', data: { name: 'renamed', quota: 5, expired_time: soon, status: 1 } });
    expect((await admin.call('PUT', '/api/redemption/?status_only=true', { id, name: 'no', status: 2 })).body.data).toMatchObject({ name: 'renamed', status: 2 });
    expect((await admin.call('PUT', '/api/redemption', { id, expired_time: 1 })).body).toMatchObject({ success: false, message: 'Expiry lies in the past' });
    expect((await admin.call('PUT', '/api/redemption/?status_only=1', { id, status: 9 })).status).toBe(400);
  });

  it('deletes one, and all that nobody can redeem', async () => {
    const [one, other] = [await add({ count: 1 }), await add({ count: 1 })];
    expect((await admin.call('DELETE', `/api/redemption/${one.id}`)).body).toEqual({ success: true, message: '' });
    expect((await admin.call('GET', `/api/redemption/${one.id}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/api/redemption/${one.id}`)).status).toBe(404);
    await admin.call('PUT', '/api/redemption?status_only=1', { id: other.id, status: 2 });
    expect((await admin.call('DELETE', '/api/redemption/invalid')).body).toEqual({ success: true, message: '', data: expect.any(Number) as number });
    expect((await admin.call('GET', `/api/redemption/${other.id}`)).status).toBe(404);
  });

  it.each([
    { name: 'no name', body: { quota: 1, count: 1 }, status: 200, message: 'Name is required' },
    { name: 'no count', body: { name: 'x', quota: 1 }, status: 200, message: 'Between 1 and 100 codes at once' },
    { name: '101 codes', body: { ...given, count: 101 }, status: 200, message: 'Between 1 and 100 codes at once' },
    { name: 'an expiry in the past', body: { ...given, expired_time: 1_640_995_200 }, status: 200, message: 'Expiry lies in the past' },
    { name: 'a quota that is text', body: { ...given, quota: 'much' }, status: 400, message: 'Invalid parameters: quota must be a whole number' },
  ])('refuses $name', async ({ body, status, message }) => expect(await admin.call('POST', '/api/redemption/', body)).toMatchObject({ status, body: { success: false, message } }));

  it.each([['GET', '/api/redemption/'], ['POST', '/api/redemption'], ['PUT', '/api/redemption'], ['DELETE', '/api/redemption/invalid'], ['GET', '/api/redemption/search'], ['GET', '/api/redemption/1'], ['DELETE', '/api/redemption/1']])('%s %s is for admins', async (method, path) => {
    const body = method === 'POST' ? given : method === 'PUT' ? { id: 1 } : undefined;
    expect([(await user.call(method, path, body)).status, (await app.request({ method, path, ...(body && { body }) })).status]).toEqual([403, 401]);
  });
});

describe('POST /api/user/topup', () => {
  it('answers what the wallet gained, once', async () => {
    const { key } = await add({ quota: 1234 });
    expect((await user.call('POST', '/api/user/topup', { key })).body).toEqual({ success: true, message: '', data: 1234 });
    expect((await user.call('POST', '/api/user/topup', { key })).body, 'a code is its own idempotency key').toMatchObject({ success: false, code: 'redemption_used' });
    expect((await user.call('GET', '/api/user/self')).body.data.quota).toBe(1234);
    expect((await admin.call('POST', '/api/user/topup', { key })).body).toEqual({ success: false, message: 'Redemption code was used', code: 'redemption_used' });
    expect((await user.call('POST', '/api/user/topup', { key: 'nonsense' }, { 'accept-language': 'zh-CN' })).body).toMatchObject({ success: false, message: '兑换码无效' });
  });

  it('draws on the critical bucket of the address', async () => {
    const patient = await restCaller(app, {}, '192.0.2.77');
    const answers = [];
    for (let count = 0; count < 21; count++) answers.push((await patient.call('POST', '/api/user/topup', { key: (await add({ count: 1 })).key })).status);
    expect(answers).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
  });
});
