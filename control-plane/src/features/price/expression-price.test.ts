import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import { insertLogs } from '../log/insert-logs.ts';
import { audit } from '../ledger/auditor.ts';
import { RelayPriceMode, type RelayPrice } from '../relay-link/wire/snapshot.ts';
import { expressionFault } from './check-expression.ts';
import { priceSource } from './price-source.ts';

const worked = 'len <= 200000 ? tier("std", p*1.25 + c*10 + cr*0.125) : tier("long", p*2.5 + c*15 + cr*0.25)';
const sha = hash('sha256', worked);

let app: TestApp, root: Principal, caller: RestCaller, sql: Sql;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  caller = await restCaller(app, { role: 100 });
  sql = sqlOf(app.base.orm.em.fork());
  await sql(`insert into channel (name, type, models, group_names, status, created_at) values ('a', 1, '{long-reader}', '{default}', 'ENABLED', now())`);
});
afterAll(() => app.stop());

async function ask(document: string, variables: Data = {}): Promise<Data> {
  const { data, errors } = await app.query(document, variables, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}
const update = async (upsert: Data[]): Promise<Data> =>
  (await ask(`mutation ($input: PricesPatch!) { pricesUpdate(input: $input) { prices { model mode set { modelRatio tiered expression } effective { expression callPrice } } affected { after { expression } } userErrors { code path message } } }`, { input: { upsert } })).pricesUpdate as Data;
const setOption = async (values: Record<string, unknown>): Promise<Data> =>
  (await ask('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { options { key value } userErrors { code path message } } }', { input: Object.entries(values).map(([key, value]) => ({ key, value: JSON.stringify(value) })) })).optionsUpdate as Data;

async function sent(model: string): Promise<RelayPrice | undefined> {
  const [body] = await priceSource.some(sql, [model]);
  return body && (JSON.parse(body.body) as RelayPrice);
}

describe('an expression as a price', () => {
  it('wins over ratios and over a price by call, and reaches relays with its hash', async () => {
    const { prices, userErrors } = await update([{ model: 'long-reader', modelRatio: '1', callPrice: '2', tiered: true, expression: ` ${worked} ` }]);
    expect(userErrors).toEqual([]);
    expect(prices).toEqual([{ model: 'long-reader', mode: 'TIERED', set: { modelRatio: '1', tiered: true, expression: worked }, effective: { expression: worked, callPrice: null } }]);
    expect(await sent('long-reader')).toMatchObject({ mode: 'TIERED', modelRatio: 0, callPrice: 0, expression: { text: worked, sha256: sha } });
  });

  it('counts while it is said so, and waits else', async () => {
    await update([{ model: 'waits', modelRatio: '1', expression: 'p * 2' }]);
    expect(await sent('waits')).toMatchObject({ mode: 'RATIO', modelRatio: 1_000_000 });
    expect((await sent('waits'))?.expression).toBeUndefined();
    await update([{ model: 'waits', tiered: true }]);
    expect(await sent('waits')).toMatchObject({ mode: 'TIERED' });
    await update([{ model: 'waits', tiered: false }]);
    expect(await sent('waits')).toMatchObject({ mode: 'RATIO' });
  });

  it.each([
    { name: 'one that does not read', expression: 'p +', says: 'at character 4: ends too early' },
    { name: 'one that is negative for some use', expression: 'p - 5000', says: 'gives a negative price (for 0 tokens read' },
    { name: 'one that fails for some use', expression: '1 / p', says: 'gives no price that can be counted (for 0' },
    { name: 'one that fails where the request says nothing', expression: 'p * param("n")', says: 'needs a number, got nothing' },
    { name: 'one that fails at night', expression: 'hour() < 6 ? 0 - 1 : 1', says: 'gives a negative price' },
  ])('refuses $name', async ({ expression, says }) => {
    const { userErrors, prices } = await update([{ model: 'bad', tiered: true, expression }]);
    expect([prices, userErrors]).toMatchObject([[], [{ code: 'INVALID', path: ['input', 'upsert', '0', 'expression'], message: expect.stringContaining(says) as string }]]);
    expect(await sent('bad')).toBeUndefined();
  });

  it.each(['', '  '])('refuses the mode without an expression (%j)', async (expression) => {
    expect((await update([{ model: 'empty', modelRatio: '1', tiered: true, expression }])).userErrors).toMatchObject([{ code: 'REQUIRED', path: ['input', 'upsert', '0', 'expression'] }]);
  });

  it('is asked for what a usage would cost', async () => {
    const input = { model: 'long-reader', usage: { input: 250_000, cacheRead: 50_000, output: 1_000 }, draft: { expression: 'v1: p * 2 ||| when(c > 0) * 0.5' } };
    const { priceWhatIf } = await ask('query ($input: PriceWhatIfInput!) { priceWhatIf(input: $input) { present { quota mode tier expression exact } tried { quota tier } difference userErrors { code } } }', { input });
    expect(priceWhatIf).toEqual({ present: { quota: '263750', mode: 'TIERED', tier: 'long', expression: worked, exact: '263750' }, tried: { quota: '125000', tier: null }, difference: '-138750', userErrors: [] });
  });

  it('has no price to tell for a usage that it fails for', async () => {
    const input = { model: 'long-reader', usage: { input: 7 }, draft: { expression: '10 / (p == 7 ? 0 : 1)' } };
    expect((await ask('query ($input: PriceWhatIfInput!) { priceWhatIf(input: $input) { tried { quota } userErrors { code } } }', { input })).priceWhatIf).toEqual({ tried: null, userErrors: [] });
  });

  it('is shown in the list of prices', async () => {
    app.clock.advance(5_000);
    const { data } = JSON.parse(String((await app.request({ method: 'GET', path: '/api/pricing' })).body)) as Data;
    expect(data.find((entry: Data) => entry.model_name === 'long-reader')).toMatchObject({ billing_mode: 'tiered_expr', billing_expr: worked, quota_type: 0 });
  });
});

describe('the options of compatible sites', () => {
  it('are views of the prices', async () => {
    const expressions = { 'long-reader': worked, other: 'c' }, modes = { other: 'tiered_expr' };
    expect((await setOption({ 'billing_setting.billing_expr': expressions, 'billing_setting.billing_mode': modes })).userErrors).toEqual([]);
    const { options } = await ask(`{ options(keys: ["billing_setting.billing_mode", "billing_setting.billing_expr"]) { key value } }`);
    expect(Object.fromEntries(options.map(({ key, value }: Data) => [key, JSON.parse(value) as unknown]))).toEqual({ 'billing_setting.billing_mode': modes, 'billing_setting.billing_expr': expressions });
    expect([(await sent('long-reader'))?.mode, (await sent('other'))?.mode]).toEqual(['PER_CALL', 'TIERED']);
  });

  it.each([
    { name: 'a mode that is none', values: { 'billing_setting.billing_mode': { a: 'free' } }, says: 'a: tiered_expr' },
    { name: 'a mode without its expression', values: { 'billing_setting.billing_mode': { lonely: 'tiered_expr' } }, says: 'lonely has no expression' },
    { name: 'an expression that fails', values: { 'billing_setting.billing_expr': { a: 'p *' } }, says: 'a: at character 4' },
    { name: 'an empty expression', values: { 'billing_setting.billing_expr': { a: ' ' } }, says: 'a: at character 1' },
    { name: 'a number', values: { 'billing_setting.billing_expr': { a: 1 } }, says: 'a' },
    { name: 'no map', values: { 'billing_setting.billing_expr': ['p'] }, says: 'billing_expr' },
  ])('refuse $name', async ({ values, says }) =>
    expect((await setOption(values)).userErrors).toMatchObject([{ code: 'INVALID', message: expect.stringContaining(says) as string }]));
});

describe('a charge by an expression', () => {
  const price = {
    version: 1, mode: RelayPriceMode.TIERED, modelRatio: 0, groupRatio: 1_000_000, callPrice: 0, quotaPerUnit: 500_000,
    lines: [{ name: 'expression', tokens: 1, ratio: 527_500_000_000 }], expression: { text: worked, sha256: sha, tier: 'long' },
  };
  const recomputed = async (): Promise<number> => (await audit(sql)).find(({ check }) => check.name === 'recomputed')!.count;

  it('explains itself in the log, to consoles of other sites too', async () => {
    await insertLogs(sql, [usageEvent({ userId: root.userId, chargeId: 'tiered', price, amount: '263750' })], new Date());
    const { logs } = await ask('{ logs(filter: { requestId: "tiered" }) { nodes { pricing { mode exact quota tier expression expressionSha256 lines { name tokens ratio subtotal } } } } }');
    expect(logs.nodes[0].pricing).toEqual({
      mode: 'TIERED', exact: '263750', quota: '263750', tier: 'long', expression: worked, expressionSha256: sha, lines: [{ name: 'expression', tokens: 1, ratio: '527500', subtotal: '263750' }],
    });
    const { body } = await caller.call('GET', '/api/log/?request_id=tiered');
    expect(JSON.parse(body.data.items[0].other as string)).toMatchObject({ billing_mode: 'tiered_expr', expr_b64: Buffer.from(worked).toString('base64'), matched_tier: 'long', model_price: -1 });
  });

  it('is computed again by the audit, where it rounds to nothing too', async () => {
    await insertLogs(sql, [usageEvent({ userId: root.userId, chargeId: 'tiny', price: { ...price, lines: [{ name: 'expression', tokens: 1, ratio: 900_000 }] }, amount: '0' })], new Date());
    expect(await recomputed()).toBe(0);
    await insertLogs(sql, [usageEvent({ userId: root.userId, chargeId: 'wrong', price, amount: '263751' })], new Date());
    expect(await recomputed()).toBe(1);
  });
});

it.each([worked, '0', 'v1: max(p, 1) * 2 ||| when(has(param("tools"))) * 1.5 ||| when(weekday("Europe/Berlin") == 0) * 0.5'])('takes %s', (text) => expect(expressionFault(text)).toBeUndefined());
