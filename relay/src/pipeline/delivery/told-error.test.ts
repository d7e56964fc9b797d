import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBytes } from '../../framing/cut-bytes.ts';
import { mayTellError, ToldError } from './told-error.ts';

/** As a delivery uses it. */
function passed(pieces: readonly Buffer[]): { text: string; failed: boolean } {
  let errors: ToldError | undefined;
  const out: Buffer[] = [];
  for (const piece of pieces) {
    if (!errors && !mayTellError(piece)) { out.push(piece); continue; }
    out.push((errors ??= new ToldError()).pass(piece));
    if (errors.failure) break;
  }
  if (errors && !errors.failure) out.push(errors.rest());
  return { text: Buffer.concat(out).toString(), failed: errors?.failure !== undefined };
}

const before = 'data: {"choices":[{"delta":{"content":"an \\"error\\" é🙂"}}]}\n\n';
const errorOf = (error: object): string => `data: ${JSON.stringify({ error })}\n\n`;

describe('an error in a stream that passes', () => {
  it.each([
    { name: 'of the provider itself', event: errorOf({ message: 'overloaded', type: 'server_error' }), hidden: false },
    { name: 'of the request', event: errorOf({ message: 'Too long, see https://docs.test/x', code: 'context_length_exceeded' }), hidden: false },
    { name: 'that is none', event: 'data: {"type":"response.created","response":{"error": null}}\n\n', hidden: false },
    { name: 'that names our key', event: errorOf({ message: 'bad', code: 'invalid_api_key' }), hidden: true },
    { name: 'that shows our key', event: errorOf({ message: 'bad sk-proj-12345678', type: 'x' }), hidden: true },
    { name: 'that speaks of our balance', event: errorOf({ message: 'Your credit balance is too low', type: 'invalid_request_error' }), hidden: false },
    { name: 'in the words of messages', event: 'event: error\ndata: {"type": "error", "error": {"type": "authentication_error", "message": "no"}}\n\n', hidden: true },
    { name: 'in the words of Responses', event: 'event: response.failed\ndata: {"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","message":"no"}}}\n\n', hidden: false },
    { name: 'in the words of Gemini', event: 'data: {"error":{"code":403,"message":"from 10.1.2.3","status":"PERMISSION_DENIED"}}\r\n\r\n', hidden: true },
  ])('$name: hidden $hidden', ({ event, hidden }) => {
    for (const pieces of [[before + event], [before, event], [before, event.slice(0, -20), event.slice(-20)]]) {
      expect(passed(pieces.map((piece) => Buffer.from(piece)))).toEqual({ text: hidden ? before : before + event, failed: hidden });
    }
  });

  it('changes no byte of a stream that has none, wherever it is cut', () => {
    const event = fc.constantFrom(before, errorOf({ message: 'overloaded' }), 'data: {"error":null}\r\n\r\n', ': "error"\n\n', 'data: "error"\n\n');
    fc.assert(fc.property(fc.array(event), fc.array(fc.nat(), { maxLength: 8 }), (events, places) => {
      const whole = Buffer.from(events.join(''));
      expect(passed(cutBytes(whole, places))).toEqual({ text: whole.toString(), failed: false });
    }), { numRuns: 200 });
  });
});
