import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, root: Principal, admin: Principal, sql: Sql;

beforeAll(async () => {
  app = await startTestApp();
  [root, admin] = [await app.user({ role: 100 }), await app.user({ role: 10 })];
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

const ratios = 'modelRatio completionRatio cacheRatio createCacheRatio callPrice';
const fields = `version model mode set { ${ratios} } effective { ${ratios} }`;
async function update(input: Data, dryRun = false): Promise<Data> {
  const { data, errors } = await app.query(
    `mutation ($input: PricesPatch!, $dryRun: Boolean!) { pricesUpdate(input: $input, dryRun: $dryRun) {
      prices { ${fields} } affected { model before { ${ratios} } after { ${ratios} } } userErrors { code path } } }`, { input, dryRun }, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.pricesUpdate;
}
const price = async (model: string): Promise<Data | undefined> => {
  const { data } = await app.query(`query ($search: String) { prices(search: $search, first: 100) { nodes { ${fields} } } }`, { search: model }, root);
  return data!.prices.nodes.find((node: Data) => node.model === model);
};

describe('changing a price', () => {
  it('retires the old row, gives the new one a higher version, and tells the relays', async () => {
    const before = (await price('gpt-4o'))!;
    const { prices: [after] } = await update({ upsert: [{ model: 'gpt-4o', modelRatio: '1.5' }] });
    expect(after).toMatchObject({ mode: 'RATIO', set: { modelRatio: '1.5', completionRatio: '4', cacheRatio: '0.5' } });
    expect(Number(after.version)).toBeGreaterThan(Number(before.version));
    const rows = await sql<{ id: number; current: boolean }>(`select id, retired_at is null as current from price where model = 'gpt-4o' order by id`);
    expect(rows).toEqual([{ id: Number(before.version), current: false }, { id: Number(after.version), current: true }]);
    expect(await sql(`select from snapshot_change where kind = 'price' and key = 'gpt-4o'`)).toHaveLength(1);
  });

  it('writes nothing when nothing changes', async () => {
    const { version } = (await price('gpt-4o-mini'))!;
    expect(await update({ upsert: [{ model: 'gpt-4o-mini', modelRatio: '0.0750' }] })).toEqual({ prices: [], affected: [], userErrors: [] });
    expect((await price('gpt-4o-mini'))!.version).toBe(version);
  });

  it('only tells on a dry run', async () => {
    const { prices, affected } = await update({ upsert: [{ model: 'o3', modelRatio: '9' }] }, true);
    expect(prices).toEqual([]);
    expect(affected).toMatchObject([{ model: 'o3', before: { modelRatio: '1' }, after: { modelRatio: '9' } }]);
    expect((await price('o3'))!.set.modelRatio).toBe('1');
  });

  it('tells an explicit zero from an unset ratio', async () => {
    await update({ upsert: [{ model: 'claude-3-mine', modelRatio: '0', completionRatio: '0' }] });
    expect(await price('claude-3-mine')).toMatchObject({ mode: 'RATIO', set: { modelRatio: '0', completionRatio: '0' }, effective: { completionRatio: '0' } });
    await update({ upsert: [{ model: 'claude-3-mine', completionRatio: null }] });
    expect(await price('claude-3-mine')).toMatchObject({ set: { modelRatio: '0', completionRatio: null }, effective: { completionRatio: '5', cacheRatio: '1', createCacheRatio: '1.25' } });
  });

  it('lets a call price win, and ratios come back without it', async () => {
    await update({ upsert: [{ model: 'gpt-4.1', callPrice: '0.04' }] });
    expect(await price('gpt-4.1')).toMatchObject({ mode: 'PER_CALL', effective: { callPrice: '0.04', modelRatio: '0' } });
    await update({ upsert: [{ model: 'gpt-4.1', callPrice: null }] });
    expect(await price('gpt-4.1')).toMatchObject({ mode: 'RATIO', effective: { callPrice: null, modelRatio: '1' } });
  });

  it('retires a price whose last ratio goes, and one that is deleted', async () => {
    await update({ upsert: [{ model: 'once', modelRatio: '1' }] });
    await update({ upsert: [{ model: 'once', modelRatio: null }], delete: ['o1'] });
    expect([await price('once'), await price('o1')]).toEqual([undefined, undefined]);
  });

  it('keeps all of several edits that meet', async () => {
    await Promise.all(['completionRatio', 'cacheRatio', 'imageRatio'].map((field) => update({ upsert: [{ model: 'met', modelRatio: '1', [field]: '2' }] })));
    expect((await price('met'))!.set).toMatchObject({ modelRatio: '1', completionRatio: '2', cacheRatio: '2' });
    expect(await sql(`select from price where model = 'met' and retired_at is null`)).toHaveLength(1);
  });

  it.each([
    { name: 'a negative ratio', upsert: { model: 'a', modelRatio: '-1' }, code: 'OUT_OF_RANGE', field: 'modelRatio' },
    { name: 'a seventh place', upsert: { model: 'a', cacheRatio: '0.1234567' }, code: 'OUT_OF_RANGE', field: 'cacheRatio' },
    { name: 'more than a million', upsert: { model: 'a', callPrice: '1000001' }, code: 'OUT_OF_RANGE', field: 'callPrice' },
    { name: 'a blank model', upsert: { model: ' ', modelRatio: '1' }, code: 'REQUIRED', field: 'model' },
    { name: 'a long model', upsert: { model: 'm'.repeat(256), modelRatio: '1' }, code: 'TOO_LONG', field: 'model' },
  ])('refuses $name', async ({ upsert, code, field }) => {
    expect(await update({ upsert: [{ model: 'fine', modelRatio: '1' }, upsert] })).toEqual({ prices: [], affected: [], userErrors: [{ code, path: ['input', 'upsert', '1', field] }] });
    expect(await price('fine')).toBeUndefined();
  });

  it('refuses more than a thousand at once', async () => {
    const upsert = Array.from({ length: 1_001 }, (_, index) => ({ model: `m${index}`, modelRatio: '1' }));
    expect((await update({ upsert })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', path: ['input', 'upsert'] }]);
  });

  it('goes back to the prices of a new instance', async () => {
    await update({ upsert: [{ model: 'gpt-5', modelRatio: '99' }, { model: 'own', modelRatio: '1' }] });
    await app.query('mutation { pricesReset { userErrors { code } } }', {}, root);
    expect((await price('gpt-5'))!.set.modelRatio).toBe('0.625');
    expect(await price('own')).toBeUndefined();
    expect(await price('o1')).toBeDefined();
  });
});

it.each(['{ prices { nodes { model } } }', 'mutation { pricesUpdate(input: {}) { userErrors { code } } }', 'mutation { pricesReset { userErrors { code } } }'])(
  'is for root users: %s', async (document) => {
    expect((await app.query(document, {}, admin)).errors![0]!.extensions!.code).toBe('FORBIDDEN');
    expect((await app.query(document)).errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
  });
