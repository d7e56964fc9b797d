/** Surcharges for tools that the provider runs (semantics 1.6), as lines of a price. */
import type { ChargeLine } from '../gql/types.gen.ts';
import type { ToolUse } from '../dialects/metering/tool-use.ts';
import type { ToolPrices } from '../models/tool-prices.ts';
import type { PriceBasis } from './reservation.ts';

/** Each answer of these is one search. */
const alwaysSearches = /-search-preview/;
const MILLION = 1_000_000n;

/** Calls of a tool at the price that was valid when the request was admitted, in millionths of a dollar for one. */
export interface PricedTool { readonly name: string; readonly calls: number; readonly price: number }

/** @param use by the answer; a model that always searches has searched once. Undefined: nothing to pay for */
export function pricedTools(model: string, use: ToolUse | undefined, prices: ToolPrices): readonly PricedTool[] | undefined {
  if (!use && !alwaysSearches.test(model)) return undefined;
  const tools = Object.entries(use ?? { web_search_preview: 1 }).map(([name, calls]) => ({ name, calls, price: prices.of(name, model) }));
  return tools.filter(({ price, calls }) => price > 0 && calls > 0);
}

const none: readonly ChargeLine[] = [];

/** A model that costs nothing by its tokens has no line to carry a surcharge: its tools are free too. */
export function toolLines(basis: PriceBasis, tools: readonly PricedTool[] | undefined): readonly ChargeLine[] {
  if (!tools) return none;
  return tools.map(({ name, calls, price }): ChargeLine => ({ name, tokens: calls, ratio: ratioOf(basis, price) })).filter(({ ratio }) => ratio > 0);
}

/** By the call dollars stand as they are, beside an expression in its millionths; by the token they stand as the weight that gives the same amount. */
function ratioOf({ mode, modelRatio, quotaPerUnit }: PriceBasis, dollars: number): number {
  if (mode === 'PER_CALL') return dollars;
  if (mode === 'TIERED') return dollars * 1_000_000;
  if (modelRatio === 0) return 0;
  const model = BigInt(modelRatio);
  return Number((BigInt(dollars) * BigInt(quotaPerUnit) * MILLION + model / 2n) / model);
}
