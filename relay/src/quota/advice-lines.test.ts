import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noTokens } from '../dialects/metering/usage.ts';
import type { RelayPrice } from '../gql/types.gen.ts';
import { adviceLines, pricedAdvice } from './advice-lines.ts';
import { amountFrom } from './amount.ts';
import { chargeOf } from './charge.ts';
import { freezePrice, priceOf, selfUsePrice } from './price.ts';
import { admission, used } from './testing/exchange.ts';

const perUnit = 500_000;
const perToken = (modelRatio: number, more: Partial<RelayPrice> = {}): RelayPrice => ({ ...selfUsePrice('m'), modelRatio, ...more });
const perCall = (callPrice: number): RelayPrice => ({ ...selfUsePrice('m'), mode: 'PER_CALL', callPrice });
const ratio = fc.integer({ min: 75_000, max: 40_000_000 }), count = fc.integer({ min: 0, max: 2_000_000 });

it('costs what it would cost alone, whatever price carries it', () => {
  const prices = fc.oneof(ratio.map((modelRatio) => perToken(modelRatio, { completionRatio: 5_000_000, cacheReadRatio: 100_000 })), fc.integer({ min: 1_000, max: 10_000_000 }).map(perCall));
  fc.assert(fc.property(prices, prices, fc.boolean(), ratio, fc.record({ input: count, output: count, cacheRead: fc.nat(1_000) }), (carrying, of, asExpression, group, counts) => {
    const frozen = freezePrice(carrying, group, perUnit), basis = asExpression ? { ...frozen, mode: 'TIERED' as const } : frozen, tokens = { ...noTokens, ...counts, input: counts.input + counts.cacheRead };
    const lines = adviceLines(basis, pricedAdvice([{ model: 'big', calls: 1, tokens }], () => of, basis));
    const alone = priceOf(freezePrice(of, group, perUnit), tokens).amount, carried = Number(amountFrom({ ...basis, lines }));
    // A weight has six decimals, of a dollar where the price is one by call; and nothing costs less than one unit alone.
    expect(Math.abs(carried - alone)).toBeLessThanOrEqual(1 + (basis.mode === 'PER_CALL' ? group * perUnit / 1e12 : 0));
  }), { numRuns: 300 });
});

const tokens = used({ input: 1_000, output: 100 }).tokens, advice = [{ model: 'big', calls: 2, tokens }];

it.each([
  { name: 'the price of its model', of: perToken(5_000_000, { completionRatio: 5_000_000 }), is: 1_012 + 7_500 },
  { name: 'the price of the answer where its model has none', of: undefined, is: 1_012 + 1_100 },
  { name: 'the price by call of its model, each time', of: perCall(10_000), is: 1_012 + 2 * 5_000 },
  { name: 'nothing where its model is free', of: perToken(0), is: 1_012 },
])('has $name, on top of what the answer costs', ({ of, is }) => {
  const ending = used({ input: 1_000, output: 12 }), { price } = admission('a', 10);
  const priced = pricedAdvice(advice, () => of, price);
  expect(chargeOf(admission('a', 10), priced ? { ...ending, advice: priced } : ending).amount).toBe(is);
});

it('has a line with the name of its model, and none under a price that costs nothing', () => {
  const { price } = admission('a', 10), priced = pricedAdvice(advice, () => perToken(5_000_000), price);
  expect(adviceLines(price, priced)).toEqual([{ name: 'advisor:big', tokens: 1, ratio: 1_100 * 5_000_000 }]);
  expect(adviceLines({ ...price, modelRatio: 0 }, priced)).toEqual([]);
});
