import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { RelayPrice } from '../relay-link/wire/snapshot.ts';
import { priceSource } from './price-source.ts';

let orm: MikroORM, sql: Sql;

beforeAll(async () => {
  orm = await openDatabase(await testDatabase());
  sql = sqlOf(orm.em.fork());
  await sql(`insert into price (model, model_ratio, completion_ratio, call_price, created_at, retired_at) values
    ('free', 0, null, null, now(), null), ('by-call', 5000000, null, 40000, now(), null), ('half', null, 3000000, null, now(), null),
    ('gone', 1000000, null, null, now(), now()), ('claude-3-unset', 1500000, null, null, now(), null)`);
});
afterAll(() => orm.close(true));

const price = async (model: string) => {
  const [body] = await priceSource.some(sql, [model]);
  return body && (JSON.parse(body.body) as RelayPrice);
};

it('gives the seeded list price of gpt-4o with every unset ratio filled in', async () => {
  expect(await price('gpt-4o')).toMatchObject({
    mode: 'RATIO', modelRatio: 1_250_000, completionRatio: 4_000_000, cacheReadRatio: 500_000, cacheWriteRatio: 1_250_000, cacheWrite1hRatio: 2_000_000,
    imageRatio: 1_000_000, audioRatio: 1_000_000, audioCompletionRatio: 1_000_000, callPrice: 0,
  });
});

it.each([
  { name: 'keeps an explicit zero: the model is free', model: 'free', has: { mode: 'RATIO', modelRatio: 0 } },
  { name: 'lets a call price win over ratios', model: 'by-call', has: { mode: 'PER_CALL', callPrice: 40_000, modelRatio: 0 } },
  { name: 'takes an unset completion ratio from the family', model: 'claude-3-unset', has: { completionRatio: 5_000_000 } },
])('$name', async ({ model, has }) => expect(await price(model)).toMatchObject(has));

it.each([
  { name: 'leaves out a model that has only side ratios', model: 'half' },
  { name: 'leaves out a retired price', model: 'gone' },
])('$name', async ({ model }) => expect(await price(model)).toBeUndefined());

it('says the same of one model as of all', async () => {
  const all = new Map<string, string>();
  for await (const batch of priceSource.all(sql)) for (const { key, body } of batch) all.set(key, body);
  for (const { key, body } of await priceSource.some(sql, [...all.keys()])) expect(body).toBe(all.get(key));
  expect(all.has('half')).toBe(false);
});
