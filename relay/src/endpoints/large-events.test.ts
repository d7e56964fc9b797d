import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutBytes } from '../framing/cut-bytes.ts';
import { LargeEventsWatch } from './large-events.ts';

const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const usage = { total_tokens: 100, input_tokens: 50, output_tokens: 50, input_tokens_details: { text_tokens: 10, image_tokens: 40 } };
const partial = event('image_generation.partial_image', { b64_json: 'A'.repeat(20_000), partial_image_index: 0 });
const last = event('image_generation.completed', { b64_json: 'B'.repeat(20_000), usage });

const watched = (pieces: readonly Buffer[]) => {
  const watch = new LargeEventsWatch(['image_generation.completed'], undefined, true);
  for (const piece of pieces) watch.see(piece);
  return watch.report();
};

it.each([
  { name: 'usage behind the picture', wire: partial + last, is: { complete: true, made: 1, failure: undefined, tokens: { input: 50, output: 50, inputImage: 40 } } },
  { name: 'usage before the picture', wire: event('image_generation.completed', { usage, b64_json: 'B'.repeat(20_000) }), is: { complete: true, made: 1, tokens: { input: 50 } } },
  { name: 'two pictures', wire: last + last, is: { complete: true, made: 2, tokens: { output: 50 } } },
  { name: 'no end', wire: partial, is: { complete: false, made: 0, tokens: undefined } },
  { name: 'an error', wire: partial + event('error', { error: { code: 'x', message: 'no' } }), is: { complete: false, failure: { code: 'answer_cut' } } },
  { name: 'absurd figures', wire: event('image_generation.completed', { usage: { input_tokens: -5, output_tokens: 1 } }), is: { complete: true, tokens: undefined } },
])('reads $name, wherever the bytes are cut', ({ wire, is }) => {
  const bytes = Buffer.from(wire);
  expect(watched([bytes])).toMatchObject(is);
  fc.assert(fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => { expect(watched(cutBytes(bytes, cuts))).toMatchObject(is); }), { numRuns: 60 });
});
