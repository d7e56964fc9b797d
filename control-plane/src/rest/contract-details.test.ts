/** Promises of the contract that no example shows: flags, paging over tags, searches by a secret, what is written and what is left. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { openWorld, type Told, type Who, type World } from '../testing/contract/world.ts';
import type { Data } from '../testing/test-app.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.app.stop());

const get = (path: string, as: Who = 'admin', headers: Record<string, string> = {}): Promise<Told> => world.call('GET', { as, path, headers });
const write = (method: string, path: string, body: unknown, as: Who = 'admin'): Promise<Told> => world.call(method, { as, path, body });
const names = ({ body }: Told): string[] => (body.data.items as Data[]).map(({ name }) => name as string);

describe('refusals', () => {
  it.each([{ language: 'zh', message: '权限不足' }, { language: 'en', message: 'Not allowed for your role' }])('of a role are in $language', async ({ language, message }) => {
    expect((await get('/api/user/', 'user', { 'accept-language': language })).body).toEqual({ success: false, message, code: 'forbidden' });
  });

  it.each([
    { path: '/api/ratio_config', as: 'nobody' as const, status: 403, body: { success: false, message: '未公开倍率', code: 'ratios_private' } },
    { path: '/api/log/token', as: 'nobody' as const, status: 400, body: { success: false, message: '请求参数错误: key 缺失', code: 'invalid_params' } },
    { path: '/api/log/token?key=sk-unknown', as: 'nobody' as const, status: 200, body: { success: false, message: 'Token无效', code: 'token_invalid' } },
    { path: '/api/data/self?start_timestamp=1&end_timestamp=1796000000', as: 'user' as const, status: 200, body: { success: false, message: '时间跨度不能超过一个月', code: 'span_too_long' } },
  ])('of $path', async ({ path, as, status, body }) => {
    const told = await get(path, as);
    expect([told.status, told.body]).toEqual([status, body]);
  });

  it('of somebody who is not below the caller have their word', async () => {
    expect((await get(`/api/user/${world.people.root.principal.userId}`)).body).toEqual({ success: false, message: '无权操作同级或更高级别用户', code: 'same_or_higher_role' });
  });

  it.each(['', '?target_timestamp=0', '?target_timestamp='])('of a deletion of logs without a time: %s', async (query) => {
    const told = await world.call('DELETE', { as: 'admin', path: `/api/log/${query}` });
    expect([told.status, told.body]).toEqual([400, { success: false, message: '请求参数错误: target_timestamp 缺失', code: 'invalid_params' }]);
  });

  it('of a page that lies too deep name it', async () => {
    const sql = sqlOf(world.app.base.orm.em.fork());
    await sql(`insert into vendor (name, created_at, updated_at) select 'deep ' || n, now(), now() from generate_series(1, 10001) n`);
    const told = await get('/api/vendors/?p=2000');
    await sql(`delete from vendor where name like 'deep %'`);
    expect([told.status, told.body]).toEqual([400, { success: false, message: '请求参数错误: p 页码过大，请缩小筛选范围', code: 'invalid_params' }]);
  });

  it.each(['/api/user/?p=999999999', '/api/log/?p=50000', '/api/channel/?p=99999999999999999999'])('are not made of a page behind the end: $0', async (path) => {
    const { status, body } = await get(path);
    expect([status, body]).toMatchObject([200, { success: true, data: { items: [], total: expect.any(Number) } }]);
  });

  it.each([
    { values: { EmailDomainWhitelist: '', EmailDomainRestrictionEnabled: 'true' }, message: '请先填写该开关所需的设置: EmailDomainRestrictionEnabled: EmailDomainWhitelist' },
    { values: { GitHubOAuthEnabled: 'true' }, message: '请先填写该开关所需的设置: GitHubOAuthEnabled: GitHubClientId, GitHubClientSecret' },
    { values: { SystemName: 'A\r\nBcc: somebody@example.com' }, message: '选项的值不合法: SystemName: one line, without control characters' },
  ])('of options: $message', async ({ values, message }) => {
    expect((await write('PUT', '/api/option/', values, 'root')).body).toMatchObject({ success: false, message });
  });

  it('of a key speak to readers of the relay, too', async () => {
    const error = { message: 'Token无效', type: 'new_api_error', param: '', code: 'token_invalid' };
    for (const headers of [{}, { authorization: 'Bearer sk-nonsense' }] as Record<string, string>[]) {
      const told = await get('/api/usage/token/', 'nobody', headers);
      expect([told.status, told.body]).toEqual([401, { success: false, message: 'Token无效', code: 'token_invalid', error }]);
    }
    expect((await get('/api/usage/token/', 'user')).status, 'a session is no key').toBe(401);
  });
});

describe('statuses', () => {
  const refused = () => ({
    role: get('/api/user/', 'user'), missing: get('/api/channel/999999'), malformed: get('/api/channel/abc'), stranger: get('/api/user/self', 'nobody'), rule: write('POST', '/api/vendors/', { name: '' }),
  });
  const statuses = async (): Promise<Record<string, number>> => {
    const asked = Object.entries(refused());
    return Object.fromEntries(await Promise.all(asked.map(async ([name, told]): Promise<[string, number]> => [name, (await told).status])));
  };

  it('are those of HTTP for what no rule of the product refuses', async () => {
    expect(await statuses()).toEqual({ role: 403, missing: 404, malformed: 400, stranger: 401, rule: 200 });
  });

  it('are 200 for clients that look at the body alone, when an operator wants that; the bodies stay', async () => {
    const before = (await get('/api/channel/999999')).text;
    await write('PUT', '/api/option/', { strict_http_status: 'false' }, 'root');
    try {
      expect(await statuses()).toEqual({ role: 200, missing: 200, malformed: 200, stranger: 401, rule: 200 });
      expect((await get('/api/channel/999999')).text).toBe(before);
    } finally {
      await write('PUT', '/api/option/', { strict_http_status: 'true' }, 'root');
    }
  });

  it.each([
    { path: '/api/channel/999999', status: 404, title: 'Not Found', detail: 'Not found', code: 'not_found' },
    { path: '/api/channel/abc', status: 400, title: 'Bad Request', detail: 'Invalid parameters: id must be the number of a row', code: 'invalid_params' },
    { path: '/api/data/self?start_timestamp=1&end_timestamp=1796000000', status: 422, title: 'Unprocessable Entity', detail: 'Span is longer than a month', code: 'span_too_long' },
    { path: '/api/user/self', as: 'nobody' as const, status: 401, title: 'Unauthorized', detail: 'Not signed in', code: 'unauthenticated' },
  ])('and problems are told as RFC 9457 has them: $path', async ({ path, as, ...problem }) => {
    const told = await get(path, as ?? 'admin', { accept: 'application/problem+json', 'accept-language': 'en', ...(path.includes('/self?') && world.people.user.headers) });
    expect([told.status, told.headers['content-type'], JSON.parse(told.text)]).toEqual([problem.status, 'application/problem+json; charset=utf-8', { type: 'about:blank', instance: path.split('?')[0], ...problem }]);
  });

  it.each([{ body: { name: '' }, status: 422, code: 'name_required' }, { body: { name: 'twice' }, status: 409, code: 'name_taken' }])('of rules, too: $code', async ({ body, status, code }) => {
    await write('POST', '/api/vendors/', { name: 'twice' });
    const told = await world.call('POST', { as: 'admin', path: '/api/vendors/', headers: { accept: 'application/problem+json' }, body });
    expect([told.status, (JSON.parse(told.text) as Data).code]).toEqual([status, code]);
    expect((await world.call('GET', { as: 'admin', path: '/api/vendors/', headers: { accept: 'application/problem+json' } })).body.success).toBe(true);
  });
});

it('the numbers of a key may be read by pages of any site', async () => {
  expect((await get(`/api/log/token?key=${world.key}`, 'nobody')).headers['access-control-allow-origin']).toBe('*');
  const asked = await world.call('OPTIONS', { path: '/api/log/token' });
  expect([asked.status, asked.headers['access-control-allow-headers']]).toEqual([204, expect.stringContaining('authorization')]);
  expect((await get('/api/user/self', 'user')).headers['access-control-allow-origin']).toBeUndefined();
  expect((await world.call('OPTIONS', { path: '/api/user/self' })).status).toBe(404);
});

describe('channels', () => {
  const key = 'sk-found-by-its-whole-text';
  beforeAll(async () => {
    const channel = { type: 1, models: 'gpt-4o', group: 'default' };
    await world.made('/api/channel/', { mode: 'batch', batch_add_set_key_prefix_2_name: true, channel: { ...channel, name: 'batch', key: 'sk-12345678\nsk-abcdefgh', tag: 'one' } });
    await world.made('/api/channel/', { mode: 'multi_to_single', channel: { ...channel, name: 'several', key: `${key}\nsk-another-of-them`, tag: 'two' } });
    await world.made('/api/channel/', { mode: 'single', channel: { ...channel, name: 'plain', key: 'sk-plain-text' } });
  });

  it('made from many keys have the beginning of theirs in the name, where that is wanted', async () => {
    expect(names(await get('/api/channel/?id_sort=1'))).toEqual(['plain', 'several', 'batch sk-abcde', 'batch sk-12345']);
  });

  it('are found by a whole key, and by no part of one', async () => {
    expect(names(await get(`/api/channel/search?keyword=${key}`))).toEqual(['several']);
    expect(names(await get(`/api/channel/search?keyword=${key.slice(0, -1)}`))).toEqual([]);
    const copy = await world.call('POST', { as: 'admin', path: `/api/channel/copy/${(await get(`/api/channel/search?keyword=${key}`)).body.data.items[0].id}` });
    expect(copy.body.success).toBe(true);
    expect(names(await get(`/api/channel/search?keyword=${key}`))).toEqual(['several_复制', 'several']);
    await world.call('DELETE', { as: 'admin', path: `/api/channel/${copy.body.data.id}` });
  });

  it.each([
    { query: 'tag_mode=true', total: 2, found: ['several', 'batch sk-abcde', 'batch sk-12345'] },
    { query: 'tag_mode=1&page_size=1&id_sort=true', total: 2, found: ['batch sk-abcde', 'batch sk-12345'] },
    { query: 'tag_mode=true&page_size=1&p=2', total: 2, found: ['several'] },
    { query: 'tag_mode=true&p=3', total: 2, found: [] },
    { query: 'tag_mode=true&status=disabled', total: 0, found: [] },
    { query: 'tag_mode=false', total: 4, found: ['plain', 'several', 'batch sk-abcde', 'batch sk-12345'] },
  ])('are paged over their tags: $query', async ({ query, total, found }) => {
    for (const path of ['/api/channel/', '/api/channel/search']) {
      const told = await get(`${path}?${query}`);
      expect([told.body.data.total, names(told)]).toEqual([total, found]);
    }
  });

  it('are found twenty at a time', async () => expect((await get('/api/channel/search?keyword=x')).body.data.page_size).toBe(20));
});

describe('keys', () => {
  it('keep all but their status with status_only, and nothing is asked by an empty one', async () => {
    const { id } = await world.made('/api/token/', { name: 'kept', remain_quota: 500 }, 'user');
    const body = { id, status: 2, name: 'changed', remain_quota: 7 };
    expect((await write('PUT', '/api/token/?status_only=true', body, 'user')).body).toMatchObject({ success: true, message: 'Token更新成功', data: { status: 2, name: 'kept', remain_quota: 500 } });
    expect((await write('PUT', '/api/token/?status_only=', body, 'user')).body.data).toMatchObject({ name: 'changed', remain_quota: 7 });
  });

  it('are found by any part of their text, by their owner alone', async () => {
    const { id, key } = await world.made('/api/token/', { name: 'searched' }, 'user'), find = async (text: string, as: Who = 'user') => (await get(`/api/token/search?token=${text}`, as)).body.data as Data[];
    for (const part of [key, key.slice(3), key.slice(20, 32), `sk-${key.slice(3, 12)}`]) expect((await find(part)).map((one) => one.id as number)).toEqual([id]);
    expect(await find(key.slice(20, 32), 'admin')).toEqual([]);
    expect(await find('%')).toEqual([]);
  });

  it('say how many went', async () => {
    const ids = [await world.made('/api/token/', {}, 'user'), await world.made('/api/token/', { name: 'second' }, 'user')].map(({ id }) => id as number);
    expect((await write('POST', '/api/token/batch', { ids: [...ids, 999_999] }, 'user')).body).toEqual({ success: true, message: '成功删除 2 个Token', data: 2 });
  });
});

describe('people', () => {
  it.each([['POST', { username: 'guessed', password: 'password123' }], ['PUT', { password: 'qwertyuiop' }]])('%s gives nobody a password that everybody tries', async (method, body) => {
    const { id } = await world.made('/api/user/', { username: `for-${method}`, password: 'correct horse 7' });
    expect((await write(method, '/api/user/', { id, ...body })).body).toEqual({ success: false, message: '密码过于常见，请更换', code: 'field_invalid' });
  });

  it('may be warned at a threshold that is no whole number', async () => {
    expect((await write('PUT', '/api/user/setting', { quota_warning_threshold: 1.5 }, 'user')).body.success).toBe(true);
    expect(JSON.parse((await get('/api/user/self', 'user')).body.data.setting)).toMatchObject({ quota_warning_threshold: 2 });
  });

  it.each(['1', 'true'])('see the groups in detail with detail=%s', async (flag) => {
    expect((await get(`/api/user/groups?detail=${flag}`, 'nobody')).body.data.default).toEqual({ ratio: 1, desc: expect.any(String) });
    expect((await get(`/api/about?raw=${flag}`, 'nobody')).body.data).toBe('');
  });
});
