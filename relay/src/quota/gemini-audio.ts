/** Sound that Gemini hears has a price in dollars, beside the ratios of its models (semantics 1.6). */
import type { PriceBasis } from './reservation.ts';

const ONE = 1_000_000;

/** Millionths of a US dollar for a million tokens; the first that fits. */
const prices: readonly (readonly [RegExp, number])[] = [
  [/^gemini-2\.5-flash.*native-audio/, 3_000_000], [/^gemini-2\.5-flash-(?:preview-)?lite/, 500_000], [/^gemini-2\.5-flash/, 1_000_000], [/^gemini-2\.0-flash/, 700_000],
];

/** The price with it, where it is paid by the token and the operator set no ratio for sound. */
export function withAudioPrice(basis: PriceBasis, model: string): PriceBasis {
  if (basis.mode !== 'RATIO' || basis.modelRatio === 0 || basis.audioRatio !== ONE) return basis;
  const price = prices.find(([names]) => names.test(model))?.[1];
  return price === undefined ? basis : { ...basis, inputAudioRatio: Math.round((price * basis.quotaPerUnit) / basis.modelRatio) };
}
