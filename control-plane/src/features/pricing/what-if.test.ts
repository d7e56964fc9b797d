import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, sql: Sql, root: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  root = await app.user({ role: 100 });
  await sql('delete from price');
  await sql(`insert into price (model, model_ratio, completion_ratio, cache_ratio, create_cache_ratio, audio_ratio, created_at) values
    ('gpt-4o', 1250000, 4000000, 500000, null, null, now()), ('claude-sonnet-4', 1500000, 5000000, 100000, 1250000, null, now()),
    ('gpt-4o-audio-preview', 1250000, 4000000, null, null, 16000000, now()), ('tiny', 75000, null, null, null, null, now())`);
  await sql(`insert into price (model, call_price, created_at) values ('dall-e-3', 120000, now())`);
  await sql(`insert into user_group (name, ratio_millionths) values ('cheap', 800000), ('dear', 1500000), ('free', 0)`);
  await sql(`insert into site_option (key, value, updated_at) values ('GroupGroupRatio', '{"vip":{"default":0.5}}', now())`);
});
afterAll(() => app.stop());

async function ask(input: Data): Promise<Data> {
  const { data, errors } = await app.query(`query ($input: PriceWhatIfInput!) { priceWhatIf(input: $input) { present { quota exact lines { name tokens } } tried { quota } difference dollars userErrors { code path } } }`, { input }, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.priceWhatIf as Data;
}

describe('the worked examples of the contract', () => {
  it.each([
    { name: '1: cached input', input: { model: 'gpt-4o', usage: { input: 1_000, cacheRead: 200, output: 500 } }, quota: '3625', dollars: '0.00725' },
    { name: '2: cache writes, half away from zero', input: { model: 'claude-sonnet-4', usage: { input: 12_100, cacheRead: 10_000, cacheWrite: 1_500, cacheWrite1h: 500, output: 300 } }, quota: '8213' },
    { name: '3: a cheaper group', input: { model: 'claude-sonnet-4', usage: { input: 12_100, cacheRead: 10_000, cacheWrite: 1_500, cacheWrite1h: 500, output: 300 }, group: 'cheap' }, quota: '6570' },
    { name: '7: two calls', input: { model: 'dall-e-3', calls: 2, group: 'dear' }, quota: '180000', dollars: '0.36' },
    { name: '8: audio', input: { model: 'gpt-4o-audio-preview', usage: { input: 1_100, inputAudio: 1_000, output: 250, outputAudio: 200 } }, quota: '24375' },
    { name: '10: a free group', input: { model: 'gpt-4o', usage: { input: 5_000, output: 1 }, group: 'free' }, quota: '0' },
    { name: '11: at least one', input: { model: 'tiny', usage: { input: 3 } }, quota: '1' },
    { name: '12: parts that overlap', input: { model: 'gpt-4o', usage: { input: 100, cacheRead: 90, cacheWrite: 30, output: 0 } }, quota: '103' },
  ])('$name', async ({ input, quota, dollars }) => {
    const { present, dollars: told } = await ask(input);
    expect(present.quota).toBe(quota);
    if (dollars) expect(told).toBe(dollars);
  });
});

it('compares with a price to try', async () => {
  const usage = { input: 1_000, output: 1_000 };
  expect(await ask({ model: 'gpt-4o', usage, draft: { completionRatio: '3' } })).toMatchObject({ present: { quota: '6250' }, tried: { quota: '5000' }, difference: '-1250', dollars: '0.01' });
  expect(await ask({ model: 'gpt-4o', usage, draft: { callPrice: '0.02' } })).toMatchObject({ tried: { quota: '10000' }, difference: '3750' });
  expect(await ask({ model: 'unpriced', usage, draft: { modelRatio: '1' } })).toMatchObject({ present: null, tried: { quota: '2000' }, difference: null });
  expect(await ask({ model: 'gpt-4o', usage, draft: { modelRatio: null } })).toMatchObject({ tried: null, difference: null });
});

it('takes the ratio that the group of the user has', async () => {
  expect((await ask({ model: 'gpt-4o', usage: { input: 1_000 }, userGroup: 'vip' })).present.quota).toBe('625');
});

it.each([
  { input: { model: 'gpt-4o', group: 'none' }, code: 'NOT_FOUND', at: ['input', 'group'] }, { input: { model: 'gpt-4o', usage: { input: -1 } }, code: 'OUT_OF_RANGE', at: ['input', 'usage', 'input'] },
  { input: { model: 'gpt-4o', calls: 0 }, code: 'OUT_OF_RANGE', at: ['input', 'calls'] }, { input: { model: 'gpt-4o', draft: { modelRatio: '-1' } }, code: 'OUT_OF_RANGE', at: ['input', 'draft', 'modelRatio'] },
])('refuses $input', async ({ input, code, at }) => expect((await ask(input)).userErrors).toEqual([{ code, path: at }]));

it('keeps every price that a model has had', async () => {
  app.clock.advance(1_000);
  await app.query('mutation { pricesUpdate(input: { upsert: [{ model: "tiny", modelRatio: "0.1" }] }) { userErrors { code } } }', {}, root);
  app.clock.advance(1_000);
  await app.query('mutation { pricesUpdate(input: { delete: ["tiny"] }) { userErrors { code } } }', {}, root);
  const { data } = await app.query('{ priceHistory(model: "tiny") { nodes { version since until set { modelRatio } } totalCount { value } } }', {}, root);
  const [second, first] = data!.priceHistory.nodes as Data[];
  expect([second!.set.modelRatio, first!.set.modelRatio, data!.priceHistory.totalCount.value]).toEqual(['0.1', '0.075', '2']);
  expect([first!.until, second!.until]).toEqual([second!.since, app.clock.now().toISOString()]);
});
