import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, admin: RestCaller, plain: RestCaller, at: number;
beforeAll(async () => {
  app = await startTestApp();
  [admin, plain] = [await restCaller(app, { role: 10 }), await restCaller(app)];
  at = app.clock.now().getTime() / 1000;
  await sqlOf(app.base.orm.em.fork())(`insert into channel (name, type, models, group_names, created_at) values ('OpenAI渠道', 1, '{gpt-4o,my-model}', '{default}', now())`);
});
afterAll(() => app.stop());

const data = async (method: string, path: string, body?: unknown): Promise<Data> => {
  const answer = await admin.call(method, path, body);
  expect([answer.status, answer.body.success, answer.body.message]).toEqual([200, true, '']);
  return answer.body.data as Data;
};

describe('vendors', () => {
  const row = () => ({ id: 1, name: 'OpenAI', description: '', icon: 'OpenAI', status: 1, created_time: at, updated_time: at });

  it('are made, read, listed, searched, changed and deleted', async () => {
    expect(await data('POST', '/api/vendors', { name: 'OpenAI', icon: 'OpenAI' })).toEqual(row());
    expect(await data('GET', '/api/vendors/1')).toEqual(row());
    await data('POST', '/api/vendors/', { name: 'Acme', status: 0 });
    expect(await data('GET', '/api/vendors/?p=2&page_size=1')).toEqual({ page: 2, page_size: 1, total: 2, items: [row()] });
    expect(await data('GET', '/api/vendors/search?keyword=pena')).toEqual({ page: 1, page_size: 10, total: 1, items: [row()] });
    expect(await data('PUT', '/api/vendors', { id: 1, description: 'a lab' })).toEqual({ ...row(), description: 'a lab' });
    expect(await data('PUT', '/api/vendors/', { id: 2, status: 1, name: 'Acme' })).toMatchObject({ id: 2, status: 1 });
    expect(await data('DELETE', '/api/vendors/2')).toBeNull();
  });

  it.each([
    { name: 'no name', method: 'POST', path: '/api/vendors', body: {}, status: 200 }, { name: 'a name that is taken', method: 'POST', path: '/api/vendors', body: { name: 'OpenAI' }, status: 200 },
    { name: 'no id', method: 'PUT', path: '/api/vendors', body: { name: 'x' }, status: 200 }, { name: 'a status that is no number', method: 'POST', path: '/api/vendors', body: { name: 'x', status: 'on' }, status: 400 },
    { name: 'an id that is no number', method: 'GET', path: '/api/vendors/x', body: undefined, status: 400 }, { name: 'an unknown id', method: 'GET', path: '/api/vendors/99', body: undefined, status: 404 },
    { name: 'an unknown id to delete', method: 'DELETE', path: '/api/vendors/99', body: undefined, status: 404 },
  ])('refuse $name', async ({ method, path, body, status }) => {
    const answer = await admin.call(method, path, body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
    expect(answer.body.message).not.toBe('');
  });
});

describe('model metadata', () => {
  const row = () => ({
    id: 1, model_name: 'gpt-4o', description: '', icon: 'OpenAI', tags: 'chat,vision', vendor_id: 1, endpoints: '["openai"]', status: 1, sync_official: 1, created_time: at, updated_time: at,
    bound_channels: [{ name: 'OpenAI渠道', type: 1 }], enable_groups: ['default'], quota_types: [0], name_rule: 0, matched_models: ['gpt-4o'], matched_count: 1,
  });
  const given = { model_name: 'gpt-4o', icon: 'OpenAI', tags: 'chat,vision', vendor_id: 1, endpoints: '["openai"]' };

  it('is made, read, listed and searched', async () => {
    expect(await data('GET', '/api/models/missing')).toEqual(['gpt-4o', 'my-model']);
    expect(await data('POST', '/api/models', given)).toEqual(row());
    expect(await data('GET', '/api/models/1')).toEqual(row());
    expect(await data('GET', '/api/models/')).toEqual({ page: 1, page_size: 10, total: 1, items: [row()], vendor_counts: { 1: 1 } });
    expect(await data('GET', '/api/models/search?keyword=vis&vendor=open')).toEqual({ page: 1, page_size: 10, total: 1, items: [row()] });
    expect(await data('GET', '/api/models/missing')).toEqual(['my-model']);
  });

  it('leaves out what is computed and empty', async () => {
    const made = await data('POST', '/api/models/', { model_name: 'claude-', name_rule: 1, status: 0, sync_official: 0, vendor_id: 0 });
    expect(made).toEqual({ id: 2, model_name: 'claude-', description: '', icon: '', tags: '', vendor_id: 0, endpoints: '', status: 0, sync_official: 0, created_time: at, updated_time: at, name_rule: 1 });
  });

  it('is changed, in its status alone if that is asked, and deleted', async () => {
    expect(await data('PUT', '/api/models', { id: 2, description: 'by Anthropic', name_rule: 3 })).toMatchObject({ description: 'by Anthropic', name_rule: 3, model_name: 'claude-' });
    expect(await data('PUT', '/api/models/?status_only=true', { id: 2, status: 1, description: 'no' })).toMatchObject({ status: 1, description: 'by Anthropic' });
    expect(await data('DELETE', '/api/models/2')).toBeNull();
  });

  it('is another path than the list of suggested models', async () => {
    expect((await plain.call('GET', '/api/models')).status).toBe(200);
    expect((await plain.call('GET', '/api/models/')).status).toBe(403);
  });

  it.each([
    { name: 'no name', method: 'POST', path: '/api/models', body: {}, status: 200 }, { name: 'a name that is taken', method: 'POST', path: '/api/models', body: { model_name: 'gpt-4o' }, status: 200 },
    { name: 'no id', method: 'PUT', path: '/api/models', body: { description: 'x' }, status: 200 }, { name: 'a rule that there is none of', method: 'POST', path: '/api/models', body: { model_name: 'a', name_rule: 7 }, status: 400 },
    { name: 'tags that are no text', method: 'POST', path: '/api/models', body: { model_name: 'a', tags: ['x'] }, status: 400 }, { name: 'endpoints that are none', method: 'POST', path: '/api/models', body: { model_name: 'a', endpoints: 'x' }, status: 200 },
    { name: 'an unknown vendor', method: 'POST', path: '/api/models', body: { model_name: 'a', vendor_id: 99 }, status: 200 }, { name: 'an unknown id', method: 'DELETE', path: '/api/models/99', body: undefined, status: 404 },
  ])('refuses $name', async ({ method, path, body, status }) => {
    const answer = await admin.call(method, path, body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
  });
});

describe('prefill groups', () => {
  const row = () => ({ id: 1, name: 'chat models', type: 'model', items: ['gpt-4o', 'gpt-4o-mini'], description: '', created_time: at, updated_time: at });

  it('are made, listed by their last change, changed and deleted', async () => {
    expect(await data('POST', '/api/prefill_group', { name: 'chat models', type: 'model', items: ['gpt-4o', 'gpt-4o-mini'] })).toEqual(row());
    app.clock.advance(1_000);
    const ends = await data('POST', '/api/prefill_group/', { name: 'ends', type: 'endpoint', items: { openai: '/v1/chat/completions', list: { path: '/v1/l', method: 'GET' } }, description: 'd' });
    expect(ends.items).toEqual({ openai: '/v1/chat/completions', list: { path: '/v1/l', method: 'GET' } });
    expect((await data('GET', '/api/prefill_group')).map(({ id }: Data) => id)).toEqual([2, 1]);
    expect(await data('GET', '/api/prefill_group/?type=model')).toEqual([row()]);
    app.clock.advance(1_000);
    expect(await data('PUT', '/api/prefill_group', { id: 1, name: 'chat', type: 'tag', items: ['fast'] })).toEqual({ ...row(), name: 'chat', type: 'tag', items: ['fast'], updated_time: at + 2 });
    expect((await data('GET', '/api/prefill_group')).map(({ id }: Data) => id)).toEqual([1, 2]);
    expect(await data('DELETE', '/api/prefill_group/2')).toBeNull();
  });

  it.each([
    { name: 'no name', body: { type: 'model' }, status: 200 }, { name: 'no type', body: { name: 'a' }, status: 200 }, { name: 'a name that is taken', body: { name: 'chat', type: 'tag' }, status: 200 },
    { name: 'an unknown type', body: { name: 'a', type: 'x' }, status: 400 }, { name: 'an object of models', body: { name: 'a', type: 'model', items: { a: 'b' } }, status: 200 }, { name: 'items that are no texts', body: { name: 'a', type: 'tag', items: [1] }, status: 200 },
    { name: 'a long description', body: { name: 'a', type: 'tag', description: 'x'.repeat(256) }, status: 200 },
  ])('refuse $name', async ({ body, status }) => {
    const answer = await admin.call('POST', '/api/prefill_group', body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
  });

  it.each([{ body: {}, status: 200 }, { body: { id: 99, name: 'x' }, status: 404 }, { body: { id: 1, type: 'model', items: { a: 'b' } }, status: 200 }])('refuse the change $body', async ({ body, status }) => {
    const answer = await admin.call('PUT', '/api/prefill_group', body);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
  });
});

describe('the price list', () => {
  it('shows metadata, vendors and endpoints, and not what is hidden', async () => {
    await data('PUT', '/api/models', { id: 1, endpoints: '{"openai":"/v1/own","video":{"path":"/v1/video","method":"GET"}}', icon: '' });
    await data('PUT', '/api/vendors', { id: 1, icon: 'OpenAI.svg' });
    await data('POST', '/api/models', { model_name: 'my-', name_rule: 1, status: 0 });
    app.clock.advance(60_000);
    const { body } = await plain.call('GET', '/api/pricing');
    expect(body.data).toEqual([{
      model_name: 'gpt-4o', description: '', icon: 'OpenAI.svg', tags: 'chat,vision', vendor_id: 1, quota_type: 0, model_ratio: 1.25, model_price: 0, owner_by: '', completion_ratio: 4, enable_groups: ['default'],
      supported_endpoint_types: ['openai', 'video'],
    }]);
    expect(body.vendors).toEqual([{ id: 1, name: 'OpenAI', description: 'a lab', icon: 'OpenAI.svg' }]);
    expect(body.supported_endpoint).toEqual({ openai: { path: '/v1/own', method: 'POST' }, video: { path: '/v1/video', method: 'GET' } });
  });
});
