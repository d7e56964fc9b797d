/** From weighted tokens to quota: the only place of the relay that multiplies money. Rational inside, rounded once. */
import type { FrozenPrice } from '../gql/types.gen.ts';

const MILLION = 1_000_000n;

/** What an amount depends on; every stored charge carries it (LED-13). */
export type Reckoning = Pick<FrozenPrice, 'mode' | 'modelRatio' | 'groupRatio' | 'callPrice' | 'quotaPerUnit' | 'lines'>;

/**
 * Computes a charge again from its frozen price (semantics 1.6).
 *
 * RATIO: Σ (tokens × ratio) × model ratio × group ratio. PER_CALL: Σ (count × dollars) × quota per unit × group ratio.
 *
 * TIERED: Σ (1 × price of the expression in millionths) / 1,000,000 × quota per unit × group ratio.
 *
 * @returns quota units, rounded once, half away from zero; 0 when the price is free or nothing was counted, else at least 1,
 *   but for an expression: what it gives is only rounded (semantics 1.9)
 */
export function amountFrom(price: Reckoning): bigint {
  let weight = 0n;
  for (const line of price.lines) weight += BigInt(line.tokens) * BigInt(line.ratio);
  const group = BigInt(price.groupRatio);
  if (price.mode === 'TIERED') return rounded(weight * BigInt(price.quotaPerUnit) * group, MILLION * MILLION * MILLION);
  return price.mode === 'PER_CALL'
    ? atLeastOne(weight * BigInt(price.quotaPerUnit) * group, MILLION * MILLION)
    : atLeastOne(weight * BigInt(price.modelRatio) * group, MILLION * MILLION * MILLION);
}

/** The nearest whole number, at least 1 unless there is nothing to pay. Both arguments are not negative. */
function atLeastOne(numerator: bigint, denominator: bigint): bigint {
  if (numerator <= 0n) return 0n;
  const amount = rounded(numerator, denominator);
  return amount > 0n ? amount : 1n;
}

const rounded = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator / 2n) / denominator;

/** The hold of weighted units: truncated, so that it never exceeds what the formula of the contract gives (semantics 1.5). */
export const truncated = (weight: bigint, scale: bigint): bigint => weight / scale;

/** For a bound that must not be passed. */
export const roundedUp = (weight: bigint, scale: bigint): bigint => (weight + scale - 1n) / scale;

/** Product of two ratios in millionths, in millionths, rounded half away from zero: part of the price, not of the charge. */
export function ratioProduct(a: number, b: number): number {
  return Number((BigInt(a) * BigInt(b) + MILLION / 2n) / MILLION);
}
