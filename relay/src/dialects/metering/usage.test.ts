import { describe, expect, it } from 'vitest';
import type { AnswerReport } from '../dialect.ts';
import { chargedUsage } from './charged-usage.ts';
import type { JsonObject } from '../chat-event.ts';
import { noTokens, readUsage } from './usage.ts';

describe('readUsage', () => {
  it.each<{ name: string; wire: JsonObject; is: object | undefined }>([
    { name: 'takes cached tokens as part of the prompt of OpenAI', wire: { prompt_tokens: 1000, completion_tokens: 500, prompt_tokens_details: { cached_tokens: 200 } }, is: { input: 1000, cacheRead: 200, output: 500 } },
    { name: 'adds cached tokens to the input of Anthropic', wire: { input_tokens: 100, cache_read_input_tokens: 10_000, cache_creation_input_tokens: 2000, cache_creation: { ephemeral_5m_input_tokens: 1500, ephemeral_1h_input_tokens: 500 }, output_tokens: 300 }, is: { input: 12_100, cacheRead: 10_000, cacheWrite: 1500, cacheWrite1h: 500, output: 300 } },
    { name: 'takes a write without its split for one of five minutes', wire: { input_tokens: 1, cache_creation_input_tokens: 7, output_tokens: 1 }, is: { input: 8, cacheWrite: 7, output: 1 } },
    { name: 'believes the object and not the dialect: names of Responses', wire: { input_tokens: 10, input_tokens_details: { cached_tokens: 4 }, output_tokens: 2, output_tokens_details: { reasoning_tokens: 1 } }, is: { input: 10, cacheRead: 4, output: 2, reasoning: 1 } },
    { name: 'adds the reasoning that xAI counts apart', wire: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 303, completion_tokens_details: { reasoning_tokens: 290 } }, is: { input: 12, output: 291, reasoning: 290 } },
    { name: 'does not add reasoning that is inside', wire: { prompt_tokens: 12, completion_tokens: 300, total_tokens: 312, completion_tokens_details: { reasoning_tokens: 290 } }, is: { input: 12, output: 300, reasoning: 290 } },
    { name: 'finds the cache of Moonshot and of DashScope', wire: { prompt_tokens: 9, completion_tokens: 1, cached_tokens: 3, prompt_tokens_details: { cache_creation_input_tokens: 2 } }, is: { input: 9, cacheRead: 3, cacheWrite: 2, output: 1 } },
    { name: 'reads audio and images', wire: { prompt_tokens: 9, completion_tokens: 5, prompt_tokens_details: { audio_tokens: 3, image_tokens: 2 }, completion_tokens_details: { audio_tokens: 4 } }, is: { input: 9, inputAudio: 3, inputImage: 2, output: 5, outputAudio: 4 } },
    { name: 'reads pictures that were made', wire: { input_tokens: 9, output_tokens: 5, input_tokens_details: { image_tokens: 2 }, output_tokens_details: { image_tokens: 4, text_tokens: 1 } }, is: { input: 9, inputImage: 2, output: 5, outputImage: 4 } },
    { name: 'reads pictures that Gemini made', wire: { promptTokenCount: 9, candidatesTokenCount: 5, candidatesTokensDetails: [{ modality: 'TEXT', tokenCount: 1 }, { modality: 'IMAGE', tokenCount: 4 }] }, is: { input: 9, output: 5, outputImage: 4 } },
    { name: 'sums the rounds of one answer', wire: { input_tokens: 1, output_tokens: 1, iterations: [{ type: 'compaction', input_tokens: 10, output_tokens: 2 }, { type: 'message', input_tokens: 5, cache_read_input_tokens: 4, output_tokens: 3 }, { type: 'advisor_message', input_tokens: 99, output_tokens: 99 }] }, is: { input: 19, cacheRead: 4, output: 5 } },
    { name: 'believes the figures on top when another model took over', wire: { input_tokens: 7, output_tokens: 8, iterations: [{ type: 'message', input_tokens: 1, output_tokens: 1 }, { type: 'fallback_message', input_tokens: 7, output_tokens: 8 }] }, is: { input: 7, output: 8 } },
    { name: 'takes an explicit zero for a report', wire: { prompt_tokens: 0, completion_tokens: 0 }, is: {} },
    { name: 'takes nulls for zeros', wire: { prompt_tokens: 3, completion_tokens: 1, prompt_tokens_details: null, completion_tokens_details: { reasoning_tokens: null } }, is: { input: 3, output: 1 } },
    { name: 'refuses negative figures', wire: { prompt_tokens: -1, completion_tokens: 5 }, is: undefined },
    { name: 'refuses negative figures in a corner', wire: { input_tokens: 1, output_tokens: 5, cache_read_input_tokens: -9 }, is: undefined },
    { name: 'refuses figures above all bounds', wire: { prompt_tokens: 2 ** 31, completion_tokens: 5 }, is: undefined },
    { name: 'refuses sums above all bounds', wire: { input_tokens: 2 ** 31 - 1, cache_read_input_tokens: 1, output_tokens: 5 }, is: undefined },
    { name: 'refuses broken figures', wire: { prompt_tokens: 1.5, completion_tokens: 5 }, is: undefined },
    { name: 'refuses figures in words', wire: { prompt_tokens: '12', completion_tokens: 5 }, is: undefined },
    { name: 'finds no report in other objects', wire: { total: 5 }, is: undefined },
  ])('$name', ({ wire, is }) => expect(readUsage(wire)).toEqual(is && { ...noTokens, ...is }));

  it('refuses what a provider hook makes absurd', () => {
    expect(readUsage({ prompt_tokens: 1, completion_tokens: 1 }, (_, usual) => ({ ...usual, cacheRead: -5 }))).toBeUndefined();
  });
});

describe('chargedUsage', () => {
  const report = (given: Partial<AnswerReport>): AnswerReport => ({ tokens: undefined, begun: undefined, receivedTokens: 0, complete: true, failure: undefined, ...given });
  const told = { ...noTokens, input: 5, output: 6 };
  it.each([
    { name: 'what was reported', given: report({ tokens: told, receivedTokens: 50 }), is: { tokens: told, source: 'UPSTREAM' } },
    { name: 'what was reported, zero too', given: report({ tokens: noTokens, receivedTokens: 50 }), is: { tokens: noTokens, source: 'UPSTREAM' } },
    { name: 'the estimate and what was received', given: report({ receivedTokens: 50 }), is: { tokens: { ...noTokens, input: 100, output: 50 }, source: 'ESTIMATED' } },
    { name: 'what the start said of input and cache, and what was received', given: report({ begun: { ...noTokens, input: 70, cacheRead: 60, output: 1 }, receivedTokens: 50 }), is: { tokens: { ...noTokens, input: 70, cacheRead: 60, output: 50 }, source: 'ESTIMATED' } },
  ])('is $name', ({ given, is }) => expect(chargedUsage(given, 100)).toEqual(is));
});
