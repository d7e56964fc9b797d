/** What an ending costs, with the cases in which the counts cannot be believed. */
import type { CallUnits } from '../dialects/metering/call-units.ts';
import type { ChargeLine, FrozenPrice, UsageTokens } from '../gql/types.gen.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { adviceLines } from './advice-lines.ts';
import { amountFrom } from './amount.ts';
import { withAudioPrice } from './gemini-audio.ts';
import { isPlausible, priceOf } from './price.ts';
import { toolLines } from './tool-lines.ts';
import type { Admission, Ending, PriceBasis } from './reservation.ts';

/**
 * Counts that no upstream can mean, and amounts that no counter can carry, are replaced by the estimated input (appendix A:
 * negative or absurd usage).
 */
export function chargeOf(admission: Admission, ending: Ending): { ending: Ending; amount: number; frozen: FrozenPrice } {
  if (ending.fee !== undefined) return { ending, ...feeOf(admission.price, ending.fee) };
  const counted = eachPiece(admission, ending);
  if (counted) return chargeOf(admission, counted);
  const calls = callsOf(admission, ending);
  const tools = ending.tools || ending.advice ? [...toolLines(admission.price, ending.tools), ...adviceLines(admission.price, ending.advice)] : undefined;
  const priced = believable(admission, ending.tokens, calls, tools);
  if (priced) return { ending, ...priced };
  const tokens = { ...noTokens, input: admission.estimatedInput };
  return { ending: { ...ending, tokens, source: 'ESTIMATED' }, ...priceOf(admission.price, tokens, calls, tools) };
}

/**
 * Pictures whose provider reports no tokens: the estimate is one picture's, and the price hangs on their number (semantics 1.7). What is
 * reported counts all of them. Undefined: there is one, or none is counted.
 */
function eachPiece(admission: Admission, ending: Ending): Ending | undefined {
  if (!admission.units || admission.price.mode === 'PER_CALL' || ending.source !== 'ESTIMATED') return undefined;
  const { count } = callsOf(admission, ending), { tokens } = ending;
  return count > 1 && tokens.input === admission.estimatedInput ? { ...ending, tokens: { ...tokens, input: tokens.input * count } } : undefined;
}

/** Semantics 1.7: dollars, times the ratio of the group. The price of the model has no part in it. */
function feeOf({ version, groupRatio, quotaPerUnit }: PriceBasis, fee: number): { amount: number; frozen: FrozenPrice } {
  const frozen: FrozenPrice = { version, mode: 'PER_CALL', modelRatio: 0, groupRatio, callPrice: fee, quotaPerUnit, lines: [{ name: 'violation', tokens: 1, ratio: fee }] };
  return { amount: Number(amountFrom(frozen)), frozen };
}

/** Quota units that the platform bears. */
export function lossOf(admission: Admission, tokens: UsageTokens): number {
  return (believable(admission, tokens) ?? priceOf(admission.price, { ...noTokens, input: admission.estimatedInput })).amount;
}

const callsOf = ({ units }: Admission, { made }: Ending): CallUnits => ({ count: made ?? units?.count ?? 1, ratio: units?.ratio ?? 1_000_000 });

function believable({ price, model }: Admission, tokens: UsageTokens, calls?: CallUnits, tools?: readonly ChargeLine[]): { amount: number; frozen: FrozenPrice } | undefined {
  if (!isPlausible(tokens)) return undefined;
  const priced = priceOf(tokens.inputAudio > 0 ? withAudioPrice(price, model) : price, tokens, calls, tools);
  return Number.isSafeInteger(priced.amount) ? priced : undefined;
}

/** The price of an exchange that used nothing. */
export function unused({ version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, rule }: PriceBasis): FrozenPrice {
  const price = { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, lines: [] };
  return rule ? { ...price, expression: { text: rule.text, sha256: rule.sha256, tier: null } } : price;
}
