import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../database/sql.ts';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, root: RestCaller, sql: Sql;
beforeAll(async () => {
  app = await startTestApp();
  root = await restCaller(app, { role: 100 });
  sql = sqlOf(app.base.orm.em.fork());
  await sql(`insert into provider (type, info, announced_at) values (1, '{"type":1,"name":"openai","label":"O","dialects":["openai-chat"],"credential":[],"suggestedModels":[]}', now()),
    (14, '{"type":14,"name":"anthropic","label":"A","dialects":["anthropic-messages"],"credential":[],"suggestedModels":[]}', now())`);
  await sql(`insert into channel (name, type, models, group_names, status, created_at) values
    ('a', 1, '{gpt-4o,draw,nobody-knows}', '{default,vip}', 'ENABLED', now()), ('b', 14, '{gpt-4o}', '{svip}', 'ENABLED', now()),
    ('c', 1, '{gpt-4}', '{svip}', 'ENABLED', now()), ('d', 1, '{gpt-3.5-turbo}', '{default}', 'DISABLED', now())`);
  for (const [key, value] of [['ModelRatio', { 'gpt-4o': 1.25, 'gpt-4': 15, 'gpt-3.5-turbo': 0.25 }], ['CompletionRatio', { 'gpt-4o': 4 }], ['ModelPrice', { draw: 0.04 }], ['GroupRatio', { default: 1, vip: 0.8, svip: 0.5 }]] as const) {
    expect((await root.call('PUT', '/api/option/', { key, value })).body.success).toBe(true);
  }
});
afterAll(() => app.stop());
beforeEach(() => app.clock.advance(5_000));

const visit = async (): Promise<Data> => JSON.parse(String((await app.request({ method: 'GET', path: '/api/pricing' })).body)) as Data;
const names = ({ data }: Data) => data.map(({ model_name }: Data) => model_name);

describe('GET /api/pricing', () => {
  it('shows anyone the models of the open groups with every member of the contract', async () => {
    expect(await visit()).toEqual({
      success: true, message: '', vendors: [], auto_groups: ['default'], group_ratio: { default: 1, vip: 0.8 }, usable_group: { default: 'Default group', vip: 'VIP group' },
      supported_endpoint: { openai: { path: '/v1/chat/completions', method: 'POST' }, anthropic: { path: '/v1/messages', method: 'POST' } },
      data: [
        { model_name: 'draw', description: '', icon: '', tags: '', vendor_id: 0, quota_type: 1, model_ratio: 0, model_price: 0.04, owner_by: '', completion_ratio: expect.any(Number) as number, enable_groups: ['default', 'vip'], supported_endpoint_types: ['openai'] },
        { model_name: 'gpt-4o', description: '', icon: '', tags: '', vendor_id: 0, quota_type: 0, model_ratio: 1.25, model_price: 0, owner_by: '', completion_ratio: 4, enable_groups: ['default', 'vip'], supported_endpoint_types: ['openai', 'anthropic'] },
      ],
    });
  });

  it('shows a user their own group too', async () => {
    const { body } = await (await restCaller(app, { group: 'svip' })).call('GET', '/api/pricing');
    expect([names(body), body.group_ratio]).toEqual([['draw', 'gpt-4', 'gpt-4o'], { default: 1, vip: 0.8, svip: 0.5 }]);
    expect(body.data.find(({ model_name }: Data) => model_name === 'gpt-4').enable_groups).toEqual(['svip']);
  });

  it('has models without a price in self-use mode only', async () => {
    await root.call('PUT', '/api/option/', { key: 'SelfUseModeEnabled', value: 'true' });
    expect((await visit()).data.find(({ model_name }: Data) => model_name === 'nobody-knows')).toMatchObject({ quota_type: 0, model_ratio: 37.5 });
    await root.call('PUT', '/api/option/', { key: 'SelfUseModeEnabled', value: 'false' });
  });

  it('is computed once for five seconds', async () => {
    const first = await app.countQueries(visit), second = await app.countQueries(visit);
    expect(second).toBe(first - 6);
    await sql(`update channel set status = 'ENABLED' where name = 'd'`);
    expect(names(await visit())).not.toContain('gpt-3.5-turbo');
    app.clock.advance(5_000);
    expect(names(await visit())).toContain('gpt-3.5-turbo');
  });

  it('shows a change to whoever made it here', async () => {
    expect(names(await visit())).not.toContain('gpt-4');
    await root.call('PUT', '/api/option/', { key: 'UserUsableGroups', value: '{"default":"All","svip":"Best"}' });
    await root.call('PUT', '/api/option/', { key: 'ModelRatio', value: { 'gpt-4o': 1.25, 'gpt-4': 16, 'gpt-3.5-turbo': 0.25 } });
    expect((await visit()).data.find(({ model_name }: Data) => model_name === 'gpt-4')).toMatchObject({ model_ratio: 16 });
  });
});
