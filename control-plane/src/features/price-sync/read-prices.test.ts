import { expect, it } from 'vitest';
import { readSitePrices } from './read-prices.ts';

const read = (value: unknown) => { const prices = readSitePrices(typeof value === 'string' ? value : JSON.stringify(value)); return prices && Object.fromEntries(prices); };

it.each([
  { name: 'ratio maps', given: { success: true, data: { model_ratio: { a: 1.25, bad: -1, worse: 'x' }, completion_ratio: { a: 4 }, cache_ratio: { a: '0.5' }, model_price: { mj: 0.1 } } }, prices: { a: { model_ratio: 1_250_000, completion_ratio: 4_000_000, cache_ratio: 500_000 }, mj: { model_price: 100_000 } } },
  { name: 'a price list', given: { data: [{ model_name: 'a', quota_type: 0, model_ratio: 2, completion_ratio: 3, model_price: 0 }, { model_name: 'b', quota_type: 1, model_price: 0.02, model_ratio: 0 }] }, prices: { a: { model_ratio: 2_000_000, completion_ratio: 3_000_000 }, b: { model_price: 20_000 } } },
  { name: 'dollars a token', given: { data: [{ id: 'x/y', pricing: { prompt: '0.0000025', completion: '0.00001', input_cache_read: '0.00000125' } }, { id: 'free', pricing: { prompt: '0', completion: '0' } }] }, prices: { 'x/y': { model_ratio: 1_250_000, completion_ratio: 4_000_000, cache_ratio: 500_000 }, free: { model_ratio: 0 } } },
  { name: 'dollars a million', given: { openai: { models: { 'gpt-4o': { cost: { input: 2.5, output: 10, cache_read: 1.25 } }, odd: {} } } }, prices: { 'gpt-4o': { model_ratio: 1_250_000, completion_ratio: 4_000_000, cache_ratio: 500_000 } } },
  { name: 'a third, rounded, and nothing that would become free', given: { data: { model_ratio: { third: 1 / 3, tiny: 1e-9 } } }, prices: { third: { model_ratio: 333_333 } } },
])('reads $name', ({ given, prices }) => expect(read(given)).toEqual(prices));

it.each(['', 'no', '1', '[]', '{}', '{"data":{}}', '{"data":{"model_ratio":[1]}}', '{"success":false,"message":"off"}'])('reads nothing else: %s', (text) => expect(read(text)).toBeUndefined());
