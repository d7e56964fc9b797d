/** What an ending costs, with the cases in which the counts cannot be believed. */
import type { FrozenPrice, UsageTokens } from '../gql/types.gen.ts';
import { noTokens } from '../dialects/usage.ts';
import { isPlausible, priceOf } from './price.ts';
import type { Admission, Ending, PriceBasis } from './reservation.ts';

/**
 * Counts that no upstream can mean, and amounts that no counter can carry, are replaced by the estimated input (appendix A:
 * negative or absurd usage).
 */
export function chargeOf(admission: Admission, ending: Ending): { ending: Ending; amount: number; frozen: FrozenPrice } {
  const priced = believable(admission, ending.tokens);
  if (priced) return { ending, ...priced };
  const tokens = { ...noTokens, input: admission.estimatedInput };
  return { ending: { ...ending, tokens, source: 'ESTIMATED' }, ...priceOf(admission.price, tokens) };
}

/** Quota units that the platform bears. */
export function lossOf(admission: Admission, tokens: UsageTokens): number {
  return (believable(admission, tokens) ?? priceOf(admission.price, { ...noTokens, input: admission.estimatedInput })).amount;
}

function believable({ price }: Admission, tokens: UsageTokens): { amount: number; frozen: FrozenPrice } | undefined {
  if (!isPlausible(tokens)) return undefined;
  const priced = priceOf(price, tokens);
  return Number.isSafeInteger(priced.amount) ? priced : undefined;
}

/** The price of an exchange that used nothing. */
export function unused({ version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit }: PriceBasis): FrozenPrice {
  return { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, lines: [] };
}
