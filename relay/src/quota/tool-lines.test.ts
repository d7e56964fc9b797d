import { expect, it } from 'vitest';
import { noTokens } from '../dialects/metering/usage.ts';
import { searchesOf, sourcesOf, toolsOfResponse, toolsOfUsage } from '../dialects/metering/tool-use.ts';
import { ToolPrices } from '../models/tool-prices.ts';
import { amountFrom } from './amount.ts';
import { chargeOf } from './charge.ts';
import { freezePrice, selfUsePrice } from './price.ts';
import { pricedTools } from './tool-lines.ts';
import type { Ending } from './reservation.ts';
import { admission, used } from './testing/exchange.ts';
import type { JsonObject } from '../dialects/chat-event.ts';

const gpt4o = freezePrice({ ...selfUsePrice('gpt-4o'), modelRatio: 1_250_000, completionRatio: 4_000_000 }, 1_000_000, 500_000);
const byCall = freezePrice({ ...selfUsePrice('gpt-4o'), mode: 'PER_CALL', modelRatio: 0, callPrice: 10_000 }, 1_500_000, 500_000);
const pay = (tools: ReturnType<typeof pricedTools>): Partial<Ending> => (tools ? { tools } : {});
const charged = (price: typeof gpt4o, model: string, tools: Record<string, number> | undefined, input = 100): number => {
  const { amount, frozen } = chargeOf(admission('c', 0, { price, model }), used({ input }, pay(pricedTools(model, tools, new ToolPrices([])))));
  expect(amountFrom(frozen)).toBe(BigInt(amount));
  return amount;
};

it.each<{ name: string; price: typeof gpt4o; model: string; tools: Record<string, number> | undefined; amount: number }>([
  { name: '9: two searches of gpt-4o cost 25,000 on top of its tokens', price: gpt4o, model: 'gpt-4o', tools: { web_search_preview: 2 }, amount: 25_000 + 125 },
  { name: 'a search of another model', price: gpt4o, model: 'gpt-5', tools: { web_search: 1 }, amount: 5_000 + 125 },
  { name: 'a search in files', price: gpt4o, model: 'gpt-5', tools: { file_search: 4 }, amount: 5_000 + 125 },
  { name: 'a picture', price: gpt4o, model: 'gpt-5', tools: { image_generation_medium_wide: 1 }, amount: 31_500 + 125 },
  { name: 'a price by call, times the ratio of the group', price: byCall, model: 'gpt-5', tools: { web_search: 1 }, amount: 15_000 },
  { name: 'a model that always searches', price: gpt4o, model: 'gpt-4o-search-preview', tools: undefined, amount: 12_500 + 125 },
  { name: 'a search with Google', price: gpt4o, model: 'gemini-3-pro', tools: { google_search: 2 }, amount: 14_000 + 125 },
  { name: 'a tool without a price', price: gpt4o, model: 'gpt-5', tools: { unknown: 3 }, amount: 125 },
  { name: 'a ratio that does not divide', price: { ...gpt4o, modelRatio: 75_000 }, model: 'gpt-5', tools: { web_search: 3 }, amount: 15_000 + 8 },
])('$name', ({ price, model, tools, amount }) => expect(charged(price, model, tools)).toBe(amount));

it('an answer that used nothing costs nothing, whatever its tools', () => {
  expect(chargeOf(admission('c', 0, { price: gpt4o }), { ...used({}), tokens: noTokens, tools: [{ name: 'web_search', calls: 1, price: 10_000 }] }).amount).toBe(0);
});

it('reads what an answer used', () => {
  const output: JsonObject[] = [{ type: 'web_search_call' }, { type: 'message' }, { type: 'web_search_call' }, { type: 'file_search_call' }, { type: 'image_generation_call', quality: 'low', size: '1536x1024' }];
  expect(toolsOfResponse({ output, tools: [{ type: 'web_search_preview_2025_03_11' }] })).toEqual({ web_search_preview: 2, file_search: 1, image_generation_low_wide: 1 });
  expect(toolsOfResponse({ output: output.slice(0, 1) })).toEqual({ web_search: 1 });
  expect(toolsOfResponse({ output: [{ type: 'message' }] })).toBeUndefined();
  expect(toolsOfUsage({ server_tool_use: { web_search_requests: 3 } })).toEqual({ web_search: 3 });
  expect(toolsOfUsage({ server_tool_use: { web_search_requests: -3 } })).toBeUndefined();
});

it('reads what Gemini searched for, and what xAI found', () => {
  expect(searchesOf([{ groundingMetadata: { webSearchQueries: ['a', 'b'] } }])).toEqual({ google_search: 2 });
  expect(searchesOf([{ grounding_metadata: { web_search_queries: ['a'] } }])).toEqual({ google_search: 1 });
  expect(searchesOf([{ groundingMetadata: { groundingChunks: [] } }])).toBeUndefined();
  expect(sourcesOf({ num_sources_used: 4 })).toEqual({ live_search: 4 });
  expect(sourcesOf({ num_sources_used: 0 })).toBeUndefined();
  expect(new ToolPrices([{ name: 'live_search', price: 25_000_000 }]).of('live_search', 'grok-4')).toBe(25_000);
});

it('a refusal that its provider charges for costs its fee, whatever the price of the model', () => {
  for (const price of [gpt4o, byCall]) {
    const { amount, frozen } = chargeOf(admission('c', 0, { price }), used({}, { fee: 50_000 }));
    expect(amount).toBe(25_000 * (price === byCall ? 1.5 : 1));
    expect(amountFrom(frozen)).toBe(BigInt(amount));
  }
});
