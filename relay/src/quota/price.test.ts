import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import type { RelayPrice, UsageTokens } from '../gql/types.gen.ts';
import { amountFrom } from './amount.ts';
import { freezePrice, holdFor, isPlausible, priceOf, selfUsePrice } from './price.ts';

const none: UsageTokens = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 0, reasoning: 0, outputAudio: 0 };
const plain: RelayPrice = { ...selfUsePrice('any'), modelRatio: 1_000_000, version: 3 };
const gpt4o: RelayPrice = { ...plain, modelRatio: 1_250_000, completionRatio: 4_000_000, cacheReadRatio: 500_000 };
const sonnet: RelayPrice = { ...plain, modelRatio: 1_500_000, completionRatio: 5_000_000, cacheReadRatio: 100_000 };
const audio: RelayPrice = { ...plain, modelRatio: 1_250_000, completionRatio: 4_000_000, audioRatio: 16_000_000 };
const perCall: RelayPrice = { ...plain, mode: 'PER_CALL', modelRatio: 0, callPrice: 40_000 };
const sonnetUse = { input: 100 + 10_000 + 2_000, cacheRead: 10_000, cacheWrite: 1_500, cacheWrite1h: 500, output: 300 };

describe('priceOf, by the worked examples of semantics 1.6', () => {
  it.each([
    { name: '1: cached input inside the prompt', price: gpt4o, use: { input: 1000, cacheRead: 200, output: 500 }, amount: 3625 },
    { name: '2: cache reads and both kinds of cache writes, half away from zero', price: sonnet, use: sonnetUse, amount: 8213 },
    { name: '3: the same with a group ratio of 0.8', price: sonnet, group: 800_000, use: sonnetUse, amount: 6570 },
    { name: '8: audio in and out', price: audio, use: { input: 1100, inputAudio: 1000, output: 250, outputAudio: 200 }, amount: 24_375 },
    { name: '10: a free group pays nothing', price: gpt4o, group: 0, use: { input: 9999, output: 9999 }, amount: 0 },
    { name: '11: a fraction that rounds to zero costs one', price: { ...plain, modelRatio: 75_000 }, use: { input: 3 }, amount: 1 },
    { name: '12: overlapping cache parts never make the rest negative', price: gpt4o, use: { input: 100, cacheRead: 90, cacheWrite: 30 }, amount: Math.round((90 * 0.5 + 30 * 1.25) * 1.25) },
    { name: 'a free model pays nothing', price: { ...plain, modelRatio: 0 }, use: { input: 5 }, amount: 0 },
    { name: 'an empty answer pays nothing', price: gpt4o, use: {}, amount: 0 },
    { name: 'output audio follows the text rules where no audio ratio is set', price: gpt4o, use: { output: 100, outputAudio: 100 }, amount: 500 },
    { name: 'reasoning is part of the output and not charged twice', price: gpt4o, use: { output: 100, reasoning: 80 }, amount: 500 },
    { name: 'a call has a fixed price', price: perCall, group: 1_500_000, use: { input: 77 }, amount: 30_000 },
    { name: 'a call costs at least one', price: { ...perCall, callPrice: 1 }, group: 1, use: {}, amount: 1 },
    { name: 'a free call pays nothing', price: { ...perCall, callPrice: 0 }, use: { input: 5 }, amount: 0 },
  ])('$name', ({ price, group = 1_000_000, use, amount }) => {
    const priced = priceOf(freezePrice(price, group, 500_000), { ...none, ...use });
    expect(priced.amount).toBe(amount);
    expect(amountFrom(priced.frozen)).toBe(BigInt(amount));
  });

  it('7: two pictures of a size and a quality that cost three times as much', () => {
    const basis = freezePrice(perCall, 1_500_000, 500_000), calls = { count: 2, ratio: 3_000_000 };
    expect(holdFor(basis, 1_584, undefined, { preConsumedQuota: 500, strictHold: false }, calls)).toBe(90_000);
    expect(holdFor(basis, 1_584, undefined, { preConsumedQuota: 500, strictHold: true }, calls)).toBe(180_000);
    expect(priceOf(basis, none, calls)).toMatchObject({ amount: 180_000, frozen: { lines: [{ name: 'call', tokens: 2, ratio: 120_000 }] } });
    expect(priceOf(basis, none, { count: 0, ratio: 1_000_000 }).amount).toBe(0);
  });
});

describe('holdFor', () => {
  const settings = { preConsumedQuota: 500, strictHold: false };
  const strict = { preConsumedQuota: 500, strictHold: true };
  it.each([
    { name: '4: the estimate is raised to the least that is assumed', price: gpt4o, input: 120, output: 1000, settings, hold: 1875 },
    { name: 'takes the estimate where it is larger', price: gpt4o, input: 1000, output: 1000, settings, hold: 2500 },
    { name: 'truncates', price: { ...plain, modelRatio: 75_000 }, input: 503, output: 0, settings, hold: 37 },
    { name: 'is the price of the call', price: perCall, input: 9, output: 9, settings, hold: 20_000 },
    { name: 'is zero when nothing can be charged', price: { ...plain, modelRatio: 0 }, input: 9, output: 9, settings: strict, hold: 0 },
    { name: 'strict: the dearest input, and output at its own ratio', price: gpt4o, input: 1000, output: 100, settings: strict, hold: (2000 + 400) * 1.25 },
    { name: 'strict: an answer that is no text needs no limit', price: gpt4o, input: 1000, output: undefined, settings: strict, hold: 2500 },
    { name: 'strict: rounds up', price: { ...plain, modelRatio: 75_000 }, input: 503, output: 1, settings: strict, hold: 76 },
  ])('$name', ({ price, input, output, settings: how, hold }) => {
    expect(holdFor(freezePrice(price, 1_000_000, 500_000), input, output, how)).toBe(hold);
  });

  it('strict: refuses what it cannot bound, and names the member', () => {
    const refusal = holdFor(freezePrice(gpt4o, 1_000_000, 500_000), 10, 0, strict);
    expect(refusal).toBeInstanceOf(Failure);
    expect(refusal).toMatchObject({ code: 'invalid_request', details: { param: 'max_tokens' } });
  });

  it('refuses an amount that no counter can carry', () => {
    expect(holdFor(freezePrice({ ...gpt4o, modelRatio: 2 ** 52 }, 2 ** 40, 500_000), 10, 2 ** 31, settings)).toBeInstanceOf(Failure);
  });
});

it.each([-1, 0.5, 2 ** 31, Number.NaN, Infinity])('%s is no plausible count', (count) => {
  expect(isPlausible({ ...none, output: count })).toBe(false);
  expect(priceOf(freezePrice(gpt4o, 1_000_000, 500_000), { ...none, output: count }).amount).toBe(0);
});

/** Exact fractions, reduced after each step: written differently from the code under test on purpose. */
class Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
  constructor(top: bigint, bottom = 1n) {
    let [a, b] = [top, bottom];
    while (b !== 0n) [a, b] = [b, a % b];
    const divisor = a === 0n ? 1n : a;
    this.top = top / divisor;
    this.bottom = bottom / divisor;
  }
  static millionths = (value: number): Fraction => new Fraction(BigInt(value), 1_000_000n);
  plus = (other: Fraction): Fraction => new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  times = (other: Fraction): Fraction => new Fraction(this.top * other.top, this.bottom * other.bottom);
  /** Doubled and floored: the middle goes up, which is away from zero for what is not negative. */
  nearest = (): bigint => ((2n * this.top) / this.bottom + 1n) / 2n;
}

function oracle(price: RelayPrice, group: number, use: UsageTokens): bigint {
  const { millionths } = Fraction;
  const scale = millionths(price.modelRatio).times(millionths(group));
  if (scale.top === 0n || use.input + use.output === 0) return 0n;
  const inputParts = use.cacheRead + use.cacheWrite + use.cacheWrite1h + use.inputImage + use.inputAudio;
  const audioOut = price.audioRatio === 1_000_000 && price.audioCompletionRatio === 1_000_000
    ? price.completionRatio : Number(millionths(price.audioRatio).times(millionths(price.audioCompletionRatio)).times(new Fraction(1_000_000n)).nearest());
  const terms: [number, number][] = [
    [Math.max(0, use.input - inputParts), 1_000_000], [use.cacheRead, price.cacheReadRatio], [use.cacheWrite, price.cacheWriteRatio],
    [use.cacheWrite1h, price.cacheWrite1hRatio], [use.inputImage, price.imageRatio], [use.inputAudio, price.audioRatio],
    [use.outputAudio, audioOut], [Math.max(0, use.output - use.outputAudio), price.completionRatio],
  ];
  const units = terms.reduce((sum, [tokens, ratio]) => sum.plus(new Fraction(BigInt(tokens)).times(millionths(ratio))), new Fraction(0n));
  const exact = units.times(scale);
  if (exact.top === 0n) return 0n;
  return exact.nearest() > 0n ? exact.nearest() : 1n;
}

/** Many cases from one seed (mulberry32): a hundred thousand would take a minute if each were an arbitrary of its own. */
function* cases(seed: number, count: number): Generator<{ price: RelayPrice; group: number; use: UsageTokens }> {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const pick = (below: number): number => Math.floor((draw() / 2 ** 32) * below);
  const tokens = (): number => [0, pick(10), pick(5_000), pick(2_000_000), pick(2 ** 31)][pick(4 + (pick(50) === 0 ? 1 : 0))] ?? 0;
  const ratio = (): number => [1_000_000, pick(1_000_000), pick(100) * 250_000, pick(100_000_000)][pick(4)] ?? 0;
  for (let index = 0; index < count; index++) {
    const price = {
      ...plain, modelRatio: pick(20) === 0 ? 0 : ratio(), completionRatio: ratio(), cacheReadRatio: ratio(), cacheWriteRatio: ratio(),
      cacheWrite1hRatio: ratio(), imageRatio: ratio(), audioRatio: ratio(), audioCompletionRatio: ratio(),
    };
    const use = {
      input: tokens(), cacheRead: tokens(), cacheWrite: tokens(), cacheWrite1h: tokens(), inputImage: tokens(), inputAudio: tokens(),
      output: tokens(), reasoning: tokens(), outputAudio: tokens(),
    };
    yield { price, group: pick(20) === 0 ? 0 : ratio(), use };
  }
}

it('agrees with exact fractions in 100,000 random cases, and the stored lines give the amount again', () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    for (const { price, group, use } of cases(seed, 200)) {
      const priced = priceOf(freezePrice(price, group, 500_000), use);
      const expected = oracle(price, group, use);
      if (amountFrom(priced.frozen) !== expected) throw new Error(`${JSON.stringify({ price, group, use })}: ${priced.amount}, exact ${expected}`);
      if (expected <= BigInt(Number.MAX_SAFE_INTEGER) && BigInt(priced.amount) !== expected) throw new Error('the number differs from the whole');
    }
  }), { numRuns: 500 });
});
