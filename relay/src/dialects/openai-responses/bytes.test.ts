/** What happens to bodies and answers that pass as bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { cutBytes, singleBytes } from '../../framing/cut-bytes.ts';
import { seal } from '../memory/sealed-signature.ts';
import { openaiResponses } from './dialect.ts';

const scan = (body: Buffer) => openaiResponses.scan(body);
const rewrite: typeof openaiResponses.rewrite = (body, facts, edit) => openaiResponses.rewrite(body, facts, edit);

describe('scan', () => {
  it.each([
    { name: 'a missing model', body: '{"input":"hi"}', param: 'model' }, { name: 'stream as a text', body: '{"model":"m","stream":"yes"}', param: 'stream' },
    { name: 'a negative limit', body: '{"model":"m","max_output_tokens":-1}', param: 'max_output_tokens' }, { name: 'an input that is a number', body: '{"model":"m","input":5}', param: 'input' },
    { name: 'an input that is an object', body: '{"model":"m","input":{}}', param: 'input' }, { name: 'work in the background', body: '{"model":"m","input":"hi","background":true}', param: 'background' },
  ])('names $name', ({ body, param }) => expect(scan(Buffer.from(body))).toMatchObject({ code: 'invalid_request', details: { param } }));

  it('reads what routing and the hold need', () => {
    expect(scan(Buffer.from('{"input":[],"max_output_tokens":70,"stream":true,"model":"m","background":false}'))).toMatchObject({ model: 'm', stream: true, maxOutputTokens: 70, wantsUsage: true });
    expect(scan(Buffer.from('{"model":"m","prompt":{"id":"p"},"input":null}'))).toMatchObject({ model: 'm', maxOutputTokens: 0 });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => { scan(Buffer.from(bytes)); }));
  });
});

describe('rewrite', () => {
  it('replaces the model name and no other byte', () => {
    const body = Buffer.from('{ "temperature":1.0, "big":12345678901234567890, "model" : "a", "input":[{"model":"a"}] ,"x":1e3 }');
    const facts = scan(body);
    if (facts instanceof Failure) throw new Error(facts.say);
    expect(rewrite(body, facts, { model: 'b"ü', askUsage: true }).toString()).toBe(body.toString().replace('"a"', '"b\\"ü"'));
    expect(rewrite(body, facts, { askUsage: true })).toBe(body);
  });

  it('takes out the thoughts of another house, and nothing else', () => {
    const sealed = seal({ family: 'anthropic', model: 'm', kind: 'text', value: 'S' });
    const body = (thought: string) => `{"model":"m","input":[{"role":"user","content":"q"},${thought}{"type":"function_call","call_id":"a"}]}`;
    const given = Buffer.from(body(`{"type":"reasoning","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"${sealed}"},`));
    const facts = scan(given);
    if (facts instanceof Failure) throw new Error(facts.say);
    expect(rewrite(given, facts, {}).toString()).toBe(body(''));
  });
});

const event = (data: { type: string; [member: string]: unknown }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const response = { id: 'resp_1', model: 'up', error: null };
const usage = { input_tokens: 9, input_tokens_details: { cached_tokens: 4 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 }, total_tokens: 14 };
const words = Array.from({ length: 400 }, (_, index) => event({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: ` "response.completed" ${index}` }));
const last = event({ type: 'response.completed', response: { ...response, status: 'completed', output: [{ text: 'x'.repeat(40_000) }], usage } });
const stream = Buffer.from([event({ type: 'response.created', response }), ...words, last].join(''));

function watched(pieces: readonly Buffer[]) {
  const watch = openaiResponses.watch({ stream: true });
  for (const piece of pieces) watch.see(piece);
  return watch.report();
}

describe('watch', () => {
  it('finds the usage in a last event that is long, however it is cut', () => {
    for (const pieces of [[stream], cutBytes(stream, [10, 5000, 9000, 9001, 60_000]), singleBytes(stream)]) {
      expect(watched(pieces)).toMatchObject({ complete: true, failure: undefined, tokens: { input: 9, cacheRead: 4, output: 5, reasoning: 2 } });
    }
  });

  it('counts the words that came when the end is missing', () => {
    const report = watched(cutBytes(stream.subarray(0, stream.length - last.length), [777, 20_000]));
    expect(report).toMatchObject({ complete: false, tokens: undefined });
    // About eight tokens each.
    expect(report.receivedTokens).toBeGreaterThan(1_600);
    expect(report.receivedTokens).toBeLessThan(6_400);
  });

  it('counts calls too', () => {
    const done = event({ type: 'response.function_call_arguments.done', output_index: 0, name: 'f', arguments: '{"a":1}' });
    expect(watched([Buffer.from(done)]).receivedTokens).toBe(7);
  });

  it.each([
    { name: 'an error', data: { type: 'error', error: { code: 'x', message: 'No' } } }, { name: 'a failed response', data: { type: 'response.failed', response: { ...response, status: 'failed', error: { code: 'x' } } } },
  ])('knows $name', ({ data }) => expect(watched([Buffer.from(event({ type: 'response.created', response }) + event(data))])).toMatchObject({ complete: false, failure: { code: 'answer_cut' } }));

  it('reads an answer without streaming', () => {
    const watch = (body: object) => { const one = openaiResponses.watch({ stream: false }); one.see(Buffer.from(JSON.stringify(body))); return one.report(); };
    expect(watch({ ...response, status: 'completed', output: [], usage })).toMatchObject({ complete: true, failure: undefined, tokens: { input: 9, output: 5 } });
    expect(watch({ ...response, status: 'incomplete', output: [{ type: 'message', content: [{ type: 'output_text', text: 'one two three' }] }], tools: [{ name: 'f' }] })).toMatchObject({ complete: true, receivedTokens: 3 });
    expect(watch({ ...response, status: 'failed', output: [], error: { code: 'x', message: 'No' } })).toMatchObject({ complete: false, failure: { code: 'bad_response_body' } });
    expect(watch({ object: 'list' })).toMatchObject({ complete: false });
  });
});

describe('edits', () => {
  it('notices its end by the name of the last event', () => {
    expect(openaiResponses.holdsEnd(Buffer.from(last))).toBe(true);
    expect(openaiResponses.holdsEnd(Buffer.from(words.join('')))).toBe(false);
  });

  it('sets the model name back in every event that has it, wherever the bytes are cut', () => {
    const expected = stream.toString().replaceAll('"model":"up"', '"model":"asked"');
    fc.assert(fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (places) => {
      const editor = openaiResponses.editAnswer({ stream: true, dropUsage: true, model: 'asked' });
      const out = editor ? [...cutBytes(stream, places).flatMap((piece) => editor.push(piece)), ...editor.end()] : [];
      expect(Buffer.concat(out).toString() === expected).toBe(true);
    }), { numRuns: 30 });
    const untouched = openaiResponses.editAnswer({ stream: true, dropUsage: true, model: undefined }), bytes = Buffer.from(stream);
    expect(untouched?.push(bytes)).toEqual([bytes]);
  });
});
