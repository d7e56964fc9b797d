import { describe, expect, it } from 'vitest';
import { noTokens } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import type { RelayPrice } from '../gql/types.gen.ts';
import { chargeOf, unused } from './charge.ts';
import { fixPrice, holdFor, isFree, priceOf, selfUsePrice } from './price.ts';
import type { Admission, Ending, PriceBasis } from './reservation.ts';

const worked = 'len <= 200000 ? tier("std", p*1.25 + c*10 + cr*0.125) : tier("long", p*2.5 + c*15 + cr*0.25)';
const settings = { preConsumedQuota: 500, strictHold: false };
const asked = { startedAt: 0, body: Buffer.from('{"service_tier":"flex","tools":[1],"stop":[]}'), headers: new Map([['x-plan', 'fast']]) };
const priceWith = (text: string): RelayPrice => ({ ...selfUsePrice('m'), mode: 'TIERED', modelRatio: 0, expression: { text, sha256: 'ab'.repeat(32) } });

function basisOf(text: string, { groupRatio = 1_000_000, input = 1_000, output = 0 } = {}): PriceBasis {
  const basis = fixPrice(priceWith(text), { groupRatio, quotaPerUnit: 500_000 }, asked, { input, output });
  if (basis instanceof Failure) throw new Error(basis.details.say);
  return basis;
}

describe('a price that is an expression', () => {
  it('charges the worked example of semantics 1.9, and says which tier did', () => {
    const priced = priceOf(basisOf(worked), { ...noTokens, input: 250_000, cacheRead: 50_000, output: 1_000 });
    expect(priced).toMatchObject({ amount: 263_750, frozen: { mode: 'TIERED', lines: [{ name: 'expression', tokens: 1, ratio: 527_500_000_000 }], expression: { text: worked, tier: 'long' } } });
  });

  it.each([
    { name: 'input and the limit of output', text: 'p * 2 + c * 10', hold: 6_000 },
    { name: 'the group', text: 'p * 2 + c * 10', group: 1_500_000, hold: 9_000 },
    { name: 'half a unit, away from zero', text: '1', hold: 1 },
    { name: 'less than half a unit', text: '0.9', hold: 0 },
    { name: 'what the request says', text: 'param("service_tier") == "flex" && header("x-plan") == "fast" && has(param("tools")) && !has(param("stop")) ? p : p * 2', hold: 500 },
  ])('holds by $name', ({ text, group, hold }) =>
    expect(holdFor(basisOf(text, { groupRatio: group, output: 1_000 }), 1_000, 1_000, settings)).toBe(hold));

  it('asks in strict mode for the limit of output', () => expect(holdFor(basisOf('c'), 10, 0, { ...settings, strictHold: true })).toBeInstanceOf(Failure));

  it('is free for a free group alone', () => expect([isFree(basisOf('0')), isFree(basisOf('p', { groupRatio: 0 })), priceOf(basisOf('p', { groupRatio: 0 }), { ...noTokens, input: 5 }).amount]).toEqual([false, true, 0]));

  it.each(['1 / 0', 'p +', '0 - p'])('refuses a request that it has no price for: %s', (text) => {
    const refusal = fixPrice(priceWith(text), { groupRatio: 1, quotaPerUnit: 1 }, asked, { input: 1, output: 0 });
    expect(refusal).toMatchObject({ code: 'model_price_error' });
  });

  it('charges what was held where it fails at the end', () => {
    const basis = basisOf('p * 2 / (c < 50 ? 1 : 0)'), used = { ...noTokens, input: 1_000, output: 50 };
    expect(priceOf(basis, used)).toMatchObject({ amount: 1_000, frozen: { lines: [{ name: 'hold', tokens: 1, ratio: 2_000_000_000 }] } });
    expect(holdFor(basis, 1_000, 0, settings)).toBe(1_000);
  });

  it('keeps what it saw of the request through the spool', () => {
    const basis = JSON.parse(JSON.stringify(basisOf('param("service_tier") == "flex" ? p : p * 9'))) as PriceBasis;
    expect(priceOf(basis, { ...noTokens, input: 2_000 }).amount).toBe(1_000);
    expect(unused(basis)).toMatchObject({ lines: [], expression: { tier: null } });
  });

  it('adds what tools of the provider cost', () => {
    const admission = { price: basisOf('p * 2', { groupRatio: 500_000 }), model: 'm', estimatedInput: 1_000 } as Admission;
    const ending: Pick<Ending, 'tokens' | 'tools'> = { tokens: { ...noTokens, input: 1_000 }, tools: [{ name: 'web_search', calls: 2, price: 10_000 }] };
    const charge = chargeOf(admission, ending as Ending);
    // (2,000 / 10^6 + 2 × 10 / 1,000) dollars × 500,000 × 0.5
    expect(charge).toMatchObject({ amount: 5_500, frozen: { lines: [{ name: 'expression' }, { name: 'web_search', tokens: 2 }] } });
  });

  it('replaces counts that nobody can mean by the estimate', () => {
    const admission = { price: basisOf('p * 2'), estimatedInput: 1_000 } as Admission, ending = { tokens: { ...noTokens, input: -5 }, source: 'UPSTREAM' } as Ending;
    expect(chargeOf(admission, ending)).toMatchObject({ amount: 1_000, ending: { source: 'ESTIMATED' } });
  });
});
