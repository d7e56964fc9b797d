import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, admin: RestCaller, plain: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  [admin, plain] = [await restCaller(app, { role: 10 }), await restCaller(app)];
});
afterAll(() => app.stop());

const add = async (over: Data = {}): Promise<number> =>
  (await admin.call('POST', '/api/channel/', { mode: 'single', channel: { name: 'one', type: 1, key: 'sk-your-api-key', models: 'gpt-4o', group: 'default', ...over } })).body.data.id;
const read = async (id: number): Promise<Data> => (await admin.call('GET', `/api/channel/${id}`)).body.data;

describe('many channels', () => {
  it('get one tag, and lose it for null', async () => {
    const ids = [await add(), await add()];
    expect((await admin.call('POST', '/api/channel/batch/tag', { ids, tag: 'pool' })).body).toEqual({ success: true, message: '', data: 2 });
    expect((await read(ids[1]!)).tag).toBe('pool');
    expect((await admin.call('POST', '/api/channel/batch/tag', { ids: [...ids, 999_999], tag: null })).body.data).toBe(3);
    expect((await read(ids[1]!)).tag).toBeNull();
  });

  it('are deleted, and counted as they were sent', async () => {
    const id = await add();
    expect((await admin.call('POST', '/api/channel/batch', { ids: [id, 999_999] })).body).toEqual({ success: true, message: '', data: 2 });
    expect((await admin.call('GET', `/api/channel/${id}`)).status).toBe(404);
  });

  it('that are off are deleted', async () => {
    await admin.call('DELETE', '/api/channel/disabled');
    await add({ status: 2 });
    expect((await admin.call('DELETE', '/api/channel/disabled')).body).toEqual({ success: true, message: '', data: 1 });
  });

  it.each([
    { name: 'missing ids', body: {}, status: 200 }, { name: 'empty ids', body: { ids: [] }, status: 200 },
    { name: 'ids that are text', body: { ids: ['one'] }, status: 400 }, { name: 'ids that are no list', body: { ids: { a: 1 } }, status: 400 }, { name: 'id 0', body: { ids: [0] }, status: 400 },
  ])('are not touched for $name', async ({ body, status }) => {
    for (const path of ['/api/channel/batch', '/api/channel/batch/tag']) {
      const answer = await admin.call('POST', path, body);
      expect([answer.status, answer.body.success]).toEqual([status, false]);
      expect(answer.body.message).not.toBe('');
    }
  });
});

describe('tags', () => {
  it('switch off and on, and ignore other members', async () => {
    const id = await add({ tag: 'switch' });
    expect((await admin.call('POST', '/api/channel/tag/disabled', { tag: 'switch', priority: 9, status: 1 })).body).toEqual({ success: true, message: '' });
    expect(await read(id)).toMatchObject({ status: 2, priority: 0 });
    expect((await admin.call('POST', '/api/channel/tag/enabled', { tag: 'switch' })).body).toEqual({ success: true, message: '' });
    expect((await read(id)).status).toBe(1);
  });

  it('are edited', async () => {
    const id = await add({ tag: 'edit', model_mapping: '{"a":"b"}' });
    const body = { tag: 'edit', new_tag: 'edited', priority: 3, weight: 4, models: 'x,y', groups: 'default,vip', model_mapping: '', param_override: '', header_override: null };
    expect((await admin.call('PUT', '/api/channel/tag', body)).body).toEqual({ success: true, message: '' });
    expect(await read(id)).toMatchObject({ tag: 'edited', priority: 3, weight: 4, models: 'x,y', group: 'default,vip', model_mapping: '{"a":"b"}' });
    await admin.call('PUT', '/api/channel/tag', { tag: 'edited', models: '', groups: '', new_tag: '' });
    expect(await read(id)).toMatchObject({ tag: 'edited', models: 'x,y', group: 'default,vip' });
  });

  it.each([
    { name: 'no tag', method: 'PUT', path: '/api/channel/tag', body: {}, status: 200 },
    { name: 'an empty tag', method: 'POST', path: '/api/channel/tag/enabled', body: { tag: '' }, status: 200 },
    { name: 'a missing tag', method: 'POST', path: '/api/channel/tag/disabled', body: {}, status: 200 },
    { name: 'an override that is no JSON', method: 'PUT', path: '/api/channel/tag', body: { tag: 'a', header_override: '{' }, status: 200 },
    { name: 'a priority that is text', method: 'PUT', path: '/api/channel/tag', body: { tag: 'a', priority: 'high' }, status: 400 },
    { name: 'no tag to list', method: 'GET', path: '/api/channel/tag/models?tag=', body: undefined, status: 400 },
  ])('refuse $name', async ({ method, path, body, status }) => {
    const answer = await admin.call(method, path, body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
  });

  it('list their models as text', async () => {
    await add({ tag: 'list', models: 'gpt-4o,gpt-4o-mini' });
    expect((await admin.call('GET', '/api/channel/tag/models?tag=list')).body).toEqual({ success: true, message: '', data: 'gpt-4o,gpt-4o-mini' });
    expect((await admin.call('GET', '/api/channel/tag/models?tag=none')).body.data).toBe('');
  });
});

it('a copy has a new id and the suffix of the contract', async () => {
  const id = await add({ name: 'origin' }), { body } = await admin.call('POST', `/api/channel/copy/${id}`);
  expect(body).toEqual({ success: true, message: '', data: { id: expect.any(Number) as number } });
  expect((await read(body.data.id)).name).toBe('origin_复制');
  expect((await read((await admin.call('POST', `/api/channel/copy/${id}?suffix=-2&reset_balance=false`)).body.data.id)).name).toBe('origin-2');
  expect((await admin.call('POST', '/api/channel/copy/999999')).status).toBe(404);
  expect((await admin.call('POST', '/api/channel/copy/abc')).status).toBe(400);
});

it('a fix counts the channels', async () => {
  const { total } = (await admin.call('GET', '/api/channel/')).body.data;
  expect((await admin.call('POST', '/api/channel/fix')).body).toEqual({ success: true, message: '', data: { success: total, fails: 0 } });
});

it.each([['POST', 'batch'], ['POST', 'batch/tag'], ['DELETE', 'disabled'], ['POST', 'copy/1'], ['POST', 'tag/enabled'], ['POST', 'tag/disabled'], ['PUT', 'tag'], ['GET', 'tag/models?tag=a'], ['POST', 'fix']])(
  '%s %s is for administrators', async (method, path) => {
    expect((await plain.call(method, `/api/channel/${path}`, method === 'GET' ? undefined : { ids: [1], tag: 'a' })).status).toBe(403);
  });
