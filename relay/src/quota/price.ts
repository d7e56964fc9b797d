/** What an exchange costs (semantics 1.4 to 1.6): pure functions from prices and model tokens to quota. */
import type { ChargeLine, FrozenPrice, RelayPrice, RelaySettings, UsageTokens } from '../gql/types.gen.ts';
import type { CallUnits } from '../dialects/metering/call-units.ts';
import { Failure } from '../failure/failure.ts';
import { amountFrom, ratioProduct, roundedUp, truncated } from './amount.ts';
import { freezeRule, ruledPrice, type AskedRequest, type FrozenRule } from './tiered.ts';
import type { PriceBasis } from './reservation.ts';

const ONE = 1_000_000;
const oneCall: CallUnits = { count: 1, ratio: ONE };
const SELF_USE_RATIO = 37_500_000;

/**
 * Fixes the price at admission.
 *
 * @param groupRatio millionths, as resolved for the group that serves
 */
export function freezePrice(price: RelayPrice, groupRatio: number, quotaPerUnit: number): PriceBasis {
  const last = frozen.get(price);
  if (last && last.groupRatio === groupRatio && last.quotaPerUnit === quotaPerUnit) return last;
  const { version, mode, modelRatio, callPrice, completionRatio, cacheReadRatio, cacheWriteRatio } = price;
  const { cacheWrite1hRatio, imageRatio, audioRatio, audioCompletionRatio } = price;
  const basis: PriceBasis = {
    version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, completionRatio, cacheReadRatio, cacheWriteRatio,
    cacheWrite1hRatio, imageRatio, audioRatio, audioCompletionRatio,
  };
  frozen.set(price, basis);
  return basis;
}

/** What was made of a price last: most requests for a model come from one group, and thousands may be under way. */
const frozen = new WeakMap<RelayPrice, PriceBasis>();

/**
 * The same for a price that is an expression, with what it says of the estimate.
 */
export function fixPrice(price: RelayPrice, terms: { groupRatio: number; quotaPerUnit: number }, asked: AskedRequest, estimate: { input: number; output: number }): PriceBasis | Failure {
  const basis = freezePrice(price, terms.groupRatio, terms.quotaPerUnit);
  if (!price.expression) return basis;
  const rule = freezeRule(price.expression, asked, estimate.input, estimate.output);
  return rule instanceof Failure ? rule : { ...basis, rule };
}

/** The price of a model that has none, on an instance in self-use mode (semantics 1.2). */
export function selfUsePrice(model: string): RelayPrice {
  return {
    model, version: 0, mode: 'RATIO', modelRatio: SELF_USE_RATIO, callPrice: 0, completionRatio: ONE, cacheReadRatio: ONE,
    cacheWriteRatio: 1_250_000, cacheWrite1hRatio: 2_000_000, imageRatio: ONE, audioRatio: ONE, audioCompletionRatio: ONE,
  };
}

/** True: whatever is used, nothing is charged. */
export const isFree = (basis: PriceBasis): boolean =>
  basis.groupRatio === 0 || (basis.mode !== 'TIERED' && (basis.mode === 'PER_CALL' ? basis.callPrice : basis.modelRatio) === 0);

/**
 * What a request sets aside before it is sent (semantics 1.5), in quota units.
 *
 * Default: truncated, without the completion ratio. Strict: the dearest reading of the estimated input and of every output
 * token that the client allows, rounded up.
 *
 * @param estimatedInput model tokens of the request
 * @param maxOutputTokens the limit that the client set; 0: none; undefined: the answer is no text
 * @param calls of a price by call: the ratio raises the hold, the count only a strict one
 * @returns a Failure when the amount is out of range, or when strict mode cannot bound it
 */
export function holdFor(
  basis: PriceBasis, estimatedInput: number, maxOutputTokens: number | undefined, settings: Pick<RelaySettings, 'preConsumedQuota' | 'strictHold'>, calls: CallUnits = oneCall,
): number | Failure {
  if (isFree(basis)) return 0;
  if (basis.rule) return ruledHold(basis, maxOutputTokens, settings.strictHold);
  const group = BigInt(basis.groupRatio);
  if (basis.mode === 'PER_CALL') {
    const weight = BigInt(ratioProduct(basis.callPrice, calls.ratio)) * BigInt(basis.quotaPerUnit) * group;
    return inRange(settings.strictHold ? roundedUp(weight * BigInt(calls.count), 10n ** 12n) : truncated(weight, 10n ** 12n));
  }
  const input = BigInt(Math.max(estimatedInput, settings.preConsumedQuota));
  const output = BigInt(maxOutputTokens ?? 0);
  const price = BigInt(basis.modelRatio) * group;
  if (!settings.strictHold) return inRange(truncated((input + output) * price, 10n ** 12n));
  if (maxOutputTokens === 0) return unbounded();
  return inRange(roundedUp((input * BigInt(dearestInput(basis)) + output * BigInt(dearestOutput(basis))) * price, 10n ** 18n));
}

const unbounded = (): Failure =>
  new Failure('invalid_request', { say: 'Set a limit of output tokens: here the whole cost of a request is reserved before it is sent.', param: 'max_tokens' });

/** What the expression says of the estimate; no bound can be told of one, so strict mode asks for the limit and no more. */
function ruledHold(basis: PriceBasis, maxOutputTokens: number | undefined, strict: boolean): number | Failure {
  if (strict && maxOutputTokens === 0) return unbounded();
  return inRange(amountFrom({ ...basis, lines: [{ name: 'hold', tokens: 1, ratio: basis.rule?.held.value ?? 0 }] }));
}

const inRange = (hold: bigint): number | Failure =>
  hold <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(hold) : new Failure('invalid_request', { say: 'This request could cost more than can be accounted for.', param: 'max_tokens' });

const dearestInput = (basis: PriceBasis): number =>
  Math.max(ONE, basis.cacheReadRatio, basis.cacheWriteRatio, basis.cacheWrite1hRatio, basis.imageRatio, basis.audioRatio);

const dearestOutput = (basis: PriceBasis): number => Math.max(basis.completionRatio, audioOutputRatio(basis));

/**
 * Output audio is dearer than text only where the operator set an audio ratio: with both at 1 (unset) the text rules hold
 * (semantics 1.7).
 */
const audioOutputRatio = (basis: PriceBasis): number =>
  basis.audioRatio === ONE && basis.audioCompletionRatio === ONE ? basis.completionRatio : ratioProduct(basis.audioRatio, basis.audioCompletionRatio);

/** Counts that an upstream may report: whole, not negative, below 2^31 (semantics 1.10). */
export function isPlausible(tokens: UsageTokens): boolean {
  // No list of the values: this runs several times for each exchange.
  for (const name in tokens) if (!isCount(tokens[name as keyof UsageTokens] ?? 0)) return false;
  return true;
}
const isCount = (count: number): boolean => Number.isInteger(count) && count >= 0 && count < 2 ** 31;

/**
 * Price of one delivery.
 *
 * @param tokens `input` counts cache, image and audio parts too, so none is charged twice; what is not a plausible count is
 *   taken as 0, callers check with `isPlausible` first
 * @param calls what a price by call is multiplied with
 * @param tools lines for tools, from `toolLines`; an answer that is empty has none
 * @returns the charge in quota units, and the terms that `amountFrom` makes the same charge of
 */
export function priceOf(basis: PriceBasis, tokens: UsageTokens, calls: CallUnits = oneCall, tools: readonly ChargeLine[] = []): { amount: number; frozen: FrozenPrice } {
  const { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit } = basis;
  if (basis.rule) return ruled(basis, basis.rule, tokens, tools);
  const lines = mode === 'PER_CALL' ? [{ name: 'call', tokens: calls.count, ratio: ratioProduct(callPrice, calls.ratio) }] : linesOf(basis, tokens);
  const frozen = { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, lines: lines.length > 0 && tools.length > 0 ? [...lines, ...tools] : lines };
  return { amount: Number(amountFrom(frozen)), frozen };
}

function ruled({ version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit }: PriceBasis, rule: FrozenRule, tokens: UsageTokens, tools: readonly ChargeLine[]): { amount: number; frozen: FrozenPrice } {
  const { name, value, frozen: expression } = ruledPrice(rule, tokens);
  const frozen = { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, lines: [{ name, tokens: 1, ratio: value }, ...(tokens.input + tokens.output > 0 ? tools : [])], expression };
  return { amount: Number(amountFrom(frozen)), frozen };
}

/** The parts of an answer that are paid by the token, each with its weight. */
export function linesOf(basis: PriceBasis, tokens: UsageTokens): ChargeLine[] {
  const lines: ChargeLine[] = [];
  const add = (name: string, count: number, ratio: number): number => {
    if (!isCount(count) || count === 0) return 0;
    lines.push({ name, tokens: count, ratio });
    return count;
  };
  // Nothing read and nothing written is an empty answer, whatever the parts say.
  if (tokens.input === 0 && tokens.output === 0) return lines;
  const parts = add('cache_read', tokens.cacheRead, basis.cacheReadRatio)
    + add('cache_write', tokens.cacheWrite, basis.cacheWriteRatio)
    + add('cache_write_1h', tokens.cacheWrite1h, basis.cacheWrite1hRatio)
    + add('input_image', tokens.inputImage, basis.imageRatio)
    + add(basis.inputAudioRatio === undefined ? 'input_audio' : 'input_audio_price', tokens.inputAudio, basis.inputAudioRatio ?? basis.audioRatio);
  add('input', Math.max(0, tokens.input - parts), ONE);
  const audio = add('output_audio', tokens.outputAudio, audioOutputRatio(basis));
  add('output', Math.max(0, tokens.output - audio), basis.completionRatio);
  return lines;
}
