import { expect, it } from 'vitest';
import type { Json } from '../chat-event.ts';
import { adviceOf } from './advice.ts';
import { noTokens } from './usage.ts';

const round = (model: string, input: number, output: number, more: object = {}) => ({ type: 'advisor_message', model, input_tokens: input, output_tokens: output, ...more });

it.each([
  { name: 'nobody, where there are no rounds', usage: { input_tokens: 1, output_tokens: 1 }, is: undefined },
  { name: 'nobody, where all rounds are its own', usage: { iterations: [{ type: 'message', model: 'a', input_tokens: 1, output_tokens: 1 }] }, is: undefined },
  { name: 'one model twice', usage: { iterations: [round('big', 10, 5), { type: 'message', input_tokens: 1, output_tokens: 1 }, round('big', 20, 1, { cache_read_input_tokens: 7, cache_creation: { ephemeral_1h_input_tokens: 3 } })] },
    is: [{ model: 'big', calls: 2, tokens: { ...noTokens, input: 40, cacheRead: 7, cacheWrite1h: 3, output: 6 } }] },
  { name: 'two models', usage: { iterations: [round('big', 1, 2), round('other', 3, 4)] }, is: [{ model: 'big', calls: 1, tokens: { input: 1, output: 2 } }, { model: 'other', calls: 1, tokens: { input: 3, output: 4 } }] },
  { name: 'nobody, where the counts are absurd, no model is named, or a round is none', usage: { iterations: [round('big', -1, 2), round('', 1, 1), null, 'x', round('big', 1.5, 0)] }, is: undefined },
  { name: 'at most four', usage: { iterations: 'abcdef'.split('').map((model) => round(model, 1, 1)) }, is: 'abcd'.split('').map((model) => ({ model })) },
  { name: 'nobody, where there is no usage', usage: null, is: undefined },
])('was asked: $name', ({ usage, is }) => {
  const found = adviceOf(usage as Json);
  if (is) expect(found).toMatchObject(is); else expect(found).toBeUndefined();
});
