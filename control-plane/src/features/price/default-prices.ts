/**
 * Prices that a new instance starts with, from the vendors' public list prices of 2025 (openai.com/api/pricing,
 * anthropic.com/pricing, ai.google.dev/pricing, api-docs.deepseek.com). In US dollars for a million model tokens:
 * input, output, cached input, five-minute cache write; models of one price stand together. Models whose price we could
 * not read there are left out on purpose: a missing price refuses the request, a wrong one loses money in silence.
 */
import { toMillionths } from '../../kernel/millionths.ts';
import type { PriceValues } from './price-fields.ts';

interface ListPrice { models: string; input: number; output?: number; cached?: number; write?: number; audio?: { in: number; out: number } }

const openai: ListPrice[] = [
  { models: 'gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20', input: 2.5, output: 10, cached: 1.25 },
  { models: 'gpt-4o-2024-05-13 chatgpt-4o-latest', input: 5, output: 15 },
  { models: 'gpt-4o-mini gpt-4o-mini-2024-07-18', input: 0.15, output: 0.6, cached: 0.075 },
  { models: 'gpt-4o-audio-preview', input: 2.5, output: 10, audio: { in: 40, out: 80 } },
  { models: 'gpt-4.1 gpt-4.1-2025-04-14', input: 2, output: 8, cached: 0.5 },
  { models: 'gpt-4.1-mini gpt-4.1-mini-2025-04-14', input: 0.4, output: 1.6, cached: 0.1 },
  { models: 'gpt-4.1-nano gpt-4.1-nano-2025-04-14', input: 0.1, output: 0.4, cached: 0.025 },
  { models: 'gpt-4-turbo gpt-4-turbo-2024-04-09', input: 10, output: 30 },
  { models: 'gpt-4 gpt-4-0613', input: 30, output: 60 },
  { models: 'gpt-3.5-turbo gpt-3.5-turbo-0125', input: 0.5, output: 1.5 },
  { models: 'gpt-3.5-turbo-1106', input: 1, output: 2 },
  { models: 'gpt-5 gpt-5-2025-08-07 gpt-5-chat-latest gpt-5-codex gpt-5.1', input: 1.25, output: 10, cached: 0.125 },
  { models: 'gpt-5-mini gpt-5-mini-2025-08-07', input: 0.25, output: 2, cached: 0.025 },
  { models: 'gpt-5-nano gpt-5-nano-2025-08-07', input: 0.05, output: 0.4, cached: 0.005 },
  { models: 'o1 o1-2024-12-17', input: 15, output: 60, cached: 7.5 },
  { models: 'o3 o3-2025-04-16', input: 2, output: 8, cached: 0.5 },
  { models: 'o3-mini o3-mini-2025-01-31', input: 1.1, output: 4.4, cached: 0.55 },
  { models: 'o4-mini o4-mini-2025-04-16', input: 1.1, output: 4.4, cached: 0.275 },
  { models: 'text-embedding-3-small', input: 0.02 },
  { models: 'text-embedding-3-large', input: 0.13 },
  { models: 'text-embedding-ada-002', input: 0.1 },
];

const anthropic: ListPrice[] = [
  { models: 'claude-3-opus-20240229 claude-opus-4-20250514 claude-opus-4-0 claude-opus-4-1 claude-opus-4-1-20250805', input: 15, output: 75, cached: 1.5, write: 18.75 },
  { models: 'claude-opus-4-5 claude-opus-4-5-20251101', input: 5, output: 25, cached: 0.5, write: 6.25 },
  { models: 'claude-3-5-sonnet-20240620 claude-3-5-sonnet-20241022 claude-3-5-sonnet-latest claude-3-7-sonnet-20250219 claude-3-7-sonnet-latest', input: 3, output: 15, cached: 0.3, write: 3.75 },
  { models: 'claude-sonnet-4 claude-sonnet-4-0 claude-sonnet-4-20250514 claude-sonnet-4-5 claude-sonnet-4-5-20250929', input: 3, output: 15, cached: 0.3, write: 3.75 },
  { models: 'claude-haiku-4-5 claude-haiku-4-5-20251001', input: 1, output: 5, cached: 0.1, write: 1.25 },
  { models: 'claude-3-5-haiku-20241022 claude-3-5-haiku-latest', input: 0.8, output: 4, cached: 0.08, write: 1 },
  { models: 'claude-3-haiku-20240307', input: 0.25, output: 1.25, cached: 0.03, write: 0.3 },
];

const others: ListPrice[] = [
  { models: 'deepseek-chat deepseek-reasoner', input: 0.28, output: 0.42, cached: 0.028 },
  { models: 'gemini-2.5-pro', input: 1.25, output: 10, cached: 0.125 },
  { models: 'gemini-2.5-flash', input: 0.3, output: 2.5, cached: 0.03 },
  { models: 'gemini-2.5-flash-lite', input: 0.1, output: 0.4, cached: 0.01 },
  { models: 'gemini-2.0-flash', input: 0.1, output: 0.4, cached: 0.025 },
];

const millionths = (value: number): number => toMillionths(value.toFixed(6))!;
const against = (base: number, price: number | undefined): number | null => (price === undefined ? null : millionths(price / base));

function ratiosOf({ input, output, cached, write, audio }: ListPrice): PriceValues {
  return {
    modelRatio: millionths(input / 2),                   // ratio 1 is 2 dollars for a million input tokens
    completionRatio: against(input, output),
    cacheRatio: against(input, cached),
    createCacheRatio: against(input, write),
    audioRatio: audio ? millionths(audio.in / input) : null,
    audioCompletionRatio: audio ? millionths(audio.out / audio.in) : null,
  };
}

/** Model → ratios in millionths. */
export const defaultPrices: ReadonlyMap<string, PriceValues> = new Map(
  [...openai, ...anthropic, ...others].flatMap((price) => price.models.split(' ').map((model) => [model, ratiosOf(price)] as const)),
);
