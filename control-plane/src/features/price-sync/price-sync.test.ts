import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

const files: Record<string, unknown> = {};
let server: Server, base: string, app: TestApp, sql: Sql, root: RestCaller;
beforeAll(async () => {
  server = createServer((request, response) => { const file = files[request.url!]; response.writeHead(file === undefined ? 404 : 200).end(JSON.stringify(file)); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startTestApp({ WEIR_UPSTREAM_ALLOW: '127.0.0.0/8' });
  sql = sqlOf(app.base.orm.em.fork());
  root = await restCaller(app, { role: 100 });
  await sql(`insert into channel (id, name, type, base_url, models, group_names, created_at) values (1, 'Other site', 1, $1, '{}', '{default}', now()), (2, 'None', 1, null, '{}', '{default}', now())`, [base]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.stop();
});
beforeEach(async () => {
  await sql('delete from price');
  await sql(`insert into price (model, model_ratio, completion_ratio, created_at) values ('gpt-4o', 1250000, 4000000, now()), ('same', 1000000, null, now())`);
  await sql(`insert into price (model, call_price, created_at) values ('mj', 100000, now())`);
  files['/api/ratio_config'] = { success: true, data: { model_ratio: { 'gpt-4o': 2.5, same: 1, unpriced: 37.5, mj: 3 }, completion_ratio: { unpriced: 1 }, cache_ratio: {}, model_price: { same: 0.5 } } };
});

const fetchPrices = (body: Data) => root.call('POST', '/api/ratio_sync/fetch', body);
const apply = async (input: Data[], more = ''): Promise<Data> =>
  (await app.query(`mutation ($input: [PriceChoiceInput!]!) { priceSyncApply(input: $input${more}) { prices { model set { modelRatio completionRatio callPrice } } affected { model } userErrors { code path } } }`, { input }, root.principal)).data!.priceSyncApply;

it('lists channels with an address, and the presets', async () => {
  expect((await root.call('GET', '/api/ratio_sync/channels')).body).toEqual({ success: true, message: '', data: [
    { id: 1, name: 'Other site', base_url: base, status: 1 }, { id: -100, name: 'Official presets', base_url: '', status: 1 },
  ] });
});

describe('comparing', () => {
  it('tells what differs, kind by kind, and how each source went', async () => {
    const { status, body } = await fetchPrices({ channel_ids: [1, -100] });
    expect([status, body.success]).toEqual([200, true]);
    const one = (current: number | null, value: unknown, confident = true) => ({ current, upstreams: { 'Other site(1)': value }, confidence: { 'Other site(1)': confident } });
    expect(body.data).toEqual({
      differences: {
        'gpt-4o': { model_ratio: one(1.25, 2.5) }, mj: { model_ratio: one(null, 3) }, same: { model_price: one(null, 0.5) },
        unpriced: { model_ratio: one(null, 37.5, false), completion_ratio: one(null, 1, false) },
      },
      test_results: [{ name: 'Other site(1)', status: 'success' }, { name: 'Official presets(-100)', status: 'error', error: 'no address' }],
    });
  });

  it('takes sources that the caller names, and other forms', async () => {
    files['/prices.json'] = { data: [{ model_name: 'gpt-4o', quota_type: 0, model_ratio: 1.25, completion_ratio: 5 }] };
    const { body } = await fetchPrices({ upstreams: [{ name: 'a', base_url: base }, { id: 7, name: 'b', base_url: base, endpoint: 'prices.json' }, { name: 'c', base_url: 'http://10.0.0.1' }, { name: 'd', base_url: 'x', endpoint: `${base}/none` }], timeout: 5 });
    expect(body.data.differences['gpt-4o']).toEqual({
      model_ratio: { current: 1.25, upstreams: { a: 2.5, 'b(7)': 'same' }, confidence: { a: true, 'b(7)': true } },
      completion_ratio: { current: 4, upstreams: { a: null, 'b(7)': 5 }, confidence: { a: true, 'b(7)': true } },
    });
    expect(body.data.test_results).toEqual([{ name: 'a', status: 'success' }, { name: 'b(7)', status: 'success' }, { name: 'c', status: 'error', error: 'denied' }, { name: 'd', status: 'error', error: 'status 404' }]);
  });

  it.each([{}, { channel_ids: [] }, { channel_ids: [99] }, { upstreams: Array.from({ length: 21 }, () => ({ name: 'x', base_url: 'https://x' })) }])('needs sources', async (body) => {
    const answer = await fetchPrices(body);
    expect([answer.status, answer.body.success]).toEqual([200, false]);
  });

  it('refuses a body of another form, and who is not root', async () => {
    expect((await fetchPrices({ channel_ids: 'all' })).status).toBe(400);
    expect((await fetchPrices({ upstreams: 'all' })).status).toBe(400);
    expect(await fetchPrices({ upstreams: [{ base_url: base }] })).toMatchObject({ status: 200, body: { success: false, message: 'Invalid parameters: name is missing' } });
    for (const [method, path] of [['POST', '/api/ratio_sync/fetch'], ['GET', '/api/ratio_sync/channels']] as const) expect((await (await restCaller(app, { role: 10 })).call(method, path, method === 'POST' ? {} : undefined)).status).toBe(403);
  });
});

describe('taking over', () => {
  it('changes single numbers, and says first what would change', async () => {
    const input = [{ model: 'gpt-4o', kind: 'MODEL_RATIO', value: '2.5' }, { model: 'new', kind: 'MODEL_PRICE', value: '0.5' }];
    expect(await apply(input, ', dryRun: true')).toEqual({ prices: [], affected: [{ model: 'gpt-4o' }, { model: 'new' }], userErrors: [] });
    expect((await apply(input)).prices).toEqual([{ model: 'gpt-4o', set: { modelRatio: '2.5', completionRatio: '4', callPrice: null } }, { model: 'new', set: { modelRatio: null, completionRatio: null, callPrice: '0.5' } }]);
    expect(await sql(`select model from price where model = 'gpt-4o' and retired_at is not null`)).toHaveLength(1);
  });

  it('asks before a model is paid for in another way, and writes nothing until then', async () => {
    const input = [{ model: 'gpt-4o', kind: 'MODEL_RATIO', value: '2' }, { model: 'mj', kind: 'MODEL_RATIO', value: '3' }, { model: 'same', kind: 'MODEL_PRICE', value: '1' }];
    expect(await apply(input)).toEqual({ prices: [], affected: [], userErrors: [{ code: 'CONFLICT', path: ['input', '1'] }, { code: 'CONFLICT', path: ['input', '2'] }] });
    expect(await sql('select from price where retired_at is not null')).toEqual([]);
    expect((await apply(input, ', confirmed: true')).prices.map(({ model, set }: Data) => [model, set.modelRatio, set.callPrice])).toEqual([['gpt-4o', '2', null], ['mj', '3', null], ['same', null, '1']]);
  });

  it('asks before an expression stops being the price, and keeps its text', async () => {
    await sql(`update price set tiered = true, expression = 'p * 2' where model = 'gpt-4o' and retired_at is null`);
    const input = [{ model: 'gpt-4o', kind: 'MODEL_RATIO', value: '2' }];
    expect((await apply(input)).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', '0'] }]);
    expect((await apply([{ model: 'gpt-4o', kind: 'COMPLETION_RATIO', value: '3' }])).userErrors).toEqual([]);
    await apply(input, ', confirmed: true');
    expect(await sql(`select tiered, expression from price where model = 'gpt-4o' and retired_at is null`)).toEqual([{ tiered: false, expression: 'p * 2' }]);
  });

  it.each([
    { choice: { model: ' ', kind: 'MODEL_RATIO', value: '1' }, at: 'model' }, { choice: { model: 'a', kind: 'MODEL_RATIO', value: '-1' }, at: 'value' }, { choice: { model: 'a', kind: 'CACHE_RATIO', value: '0.0000001' }, at: 'value' },
  ])('refuses $choice', async ({ choice, at }) => expect((await apply([choice])).userErrors).toMatchObject([{ path: ['input', '0', at] }]));
});
