/** Surcharges for tools that the provider runs (semantics 1.6), as lines of a price. US dollars for a thousand calls. */
import type { ChargeLine } from '../gql/types.gen.ts';
import type { ToolUse } from '../dialects/metering/tool-use.ts';
import type { PriceBasis } from './reservation.ts';

const perThousand: Readonly<Record<string, number>> = {
  web_search: 10, web_search_preview: 10, file_search: 2.5,
  image_generation_low: 11, image_generation_low_wide: 16, image_generation_medium: 42, image_generation_medium_wide: 63,
  image_generation_high: 167, image_generation_high_wide: 250,
};
const dearSearch = /^gpt-4(o|\.1)/;
/** Each answer of these is one search. */
const alwaysSearches = /-search-preview/;
const MILLION = 1_000_000n;

/** Millionths of a dollar for one call. */
function priceOfCall(tool: string, model: string): number {
  if (tool === 'web_search_preview' && dearSearch.test(model)) return 25_000;
  return Math.round((perThousand[tool] ?? 0) * 1_000);
}

/**
 * A model that costs nothing by its tokens has no line to carry a surcharge: its tools are free too.
 *
 * @param use by the answer; a model that always searches has searched once
 */
export function toolLines(basis: PriceBasis, model: string, use: ToolUse | undefined): ChargeLine[] {
  const calls = use ?? (alwaysSearches.test(model) ? { web_search_preview: 1 } : {});
  return Object.entries(calls).flatMap(([name, tokens]): ChargeLine[] => {
    const ratio = ratioOf(basis, priceOfCall(name, model));
    return ratio > 0 && tokens > 0 ? [{ name, tokens, ratio }] : [];
  });
}

/** By the call dollars stand as they are, beside an expression in its millionths; by the token they stand as the weight that gives the same amount. */
function ratioOf({ mode, modelRatio, quotaPerUnit }: PriceBasis, dollars: number): number {
  if (mode === 'PER_CALL') return dollars;
  if (mode === 'TIERED') return dollars * 1_000_000;
  if (modelRatio === 0) return 0;
  const model = BigInt(modelRatio);
  return Number((BigInt(dollars) * BigInt(quotaPerUnit) * MILLION + model / 2n) / model);
}
