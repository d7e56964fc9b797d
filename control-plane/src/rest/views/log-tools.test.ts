import 'reflect-metadata';
import { expect, it } from 'vitest';
import { RelayPriceMode } from '../../features/relay-link/wire/snapshot.ts';
import { toPricing } from '../../features/log/log-pricing.ts';
import { audioApart, toolsOf } from './log-tools.ts';

const price = { version: 1, mode: RelayPriceMode.RATIO, modelRatio: 1_250_000, groupRatio: 500_000, callPrice: 0, quotaPerUnit: 500_000, lines: [] as { name: string; tokens: number; ratio: number }[] };

it.each([
  { name: 'searches by the token', of: { ...price, lines: [{ name: 'input', tokens: 10, ratio: 1_000_000 }, { name: 'web_search_preview', tokens: 2, ratio: 10_000_000_000 }] }, is: { web_search: true, web_search_call_count: 2, web_search_price: 25 } },
  { name: 'searches in files by the call', of: { ...price, mode: RelayPriceMode.PER_CALL, modelRatio: 0, lines: [{ name: 'file_search', tokens: 3, ratio: 2_500 }] }, is: { file_search: true, file_search_call_count: 3, file_search_price: 2.5 } },
  { name: 'pictures of an expression', of: { ...price, mode: RelayPriceMode.TIERED, modelRatio: 0, lines: [{ name: 'image_generation_high', tokens: 1, ratio: 167_000_000_000 }] }, is: { image_generation_call: true, image_generation_call_price: 0.167 } },
  { name: 'nothing of a group that pays nothing but that they were there', of: { ...price, groupRatio: 0, lines: [{ name: 'web_search', tokens: 1, ratio: 1 }] }, is: { web_search: true, web_search_call_count: 1, web_search_price: 0 } },
  { name: 'nothing where there are none', of: price, is: {} },
])('tells $name', ({ of, is }) => expect(toolsOf(toPricing(of, 0n))).toEqual(is));

it('tells what sound costs that has a price of its own', () => {
  expect(audioApart(toPricing({ ...price, lines: [{ name: 'input_audio_price', tokens: 1_000, ratio: 400_000 }] }, 0n))).toEqual({ audio_input_seperate_price: true, audio_input_token_count: 1_000, audio_input_price: 1 });
  expect(audioApart(toPricing(price, 0n))).toEqual({});
});
