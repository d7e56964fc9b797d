import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { cutBytes, singleBytes } from '../framing/cut-bytes.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { AnswerEdits, AnswerReport, Dialect } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';
import { seal } from './memory/sealed-signature.ts';

const dialects: Dialect[] = [openaiChat, anthropicMessages];
const refusalOf = (outcome: unknown) => (outcome instanceof Failure ? [outcome.code, outcome.details.param, outcome.say] : outcome);

describe.each(dialects)('scan of $name', (dialect) => {
  const scan = (body: string) => refusalOf(dialect.scan(Buffer.from(body)));
  it.each([
    { name: 'an empty body', body: '', is: ['bad_request_body', undefined, 'The body is empty.'] },
    { name: 'a body that is not JSON', body: '{"model":"m",', is: ['bad_request_body', undefined, 'The body is not valid JSON: expected a member name at byte 13.'] },
    { name: 'a body that is no object', body: '[1]', is: ['invalid_request', undefined, 'The body must be a JSON object.'] },
    { name: 'a missing model', body: '{"messages":[]}', is: ['invalid_request', 'model', '`model` is required.'] },
    { name: 'a model that is a number', body: '{"model":5,"messages":[]}', is: ['invalid_request', 'model', '`model` must be a text that is not empty.'] },
    { name: 'a model that is empty', body: '{"model":"","messages":[]}', is: ['invalid_request', 'model', '`model` must be a text that is not empty.'] },
    { name: 'a model of 256 characters', body: `{"model":"${'m'.repeat(256)}","messages":[]}`, is: ['invalid_request', 'model', '`model` must have at most 255 characters.'] },
    { name: 'a model with a zero byte', body: '{"model":"m\\u0000","messages":[]}', is: ['invalid_request', 'model', '`model` must not hold control characters or halves of characters.'] },
    { name: 'a model that climbs', body: '{"model":"../../x","messages":[]}', is: ['invalid_request', 'model', '`model` must not hold `.` or `..` between slashes.'] },
    { name: 'a model that climbs within', body: '{"model":"a/../b","messages":[]}', is: ['invalid_request', 'model', '`model` must not hold `.` or `..` between slashes.'] },
    { name: 'a model with half a character', body: '{"model":"m\\ud800","messages":[]}', is: ['invalid_request', 'model', '`model` must not hold control characters or halves of characters.'] },
    { name: 'stream as a text', body: '{"model":"m","stream":"yes","messages":[]}', is: ['invalid_request', 'stream', '`stream` must be true or false.'] },
    { name: 'a negative limit', body: '{"model":"m","max_tokens":-1,"messages":[]}', is: ['invalid_request', 'max_tokens', '`max_tokens` must be a whole number from 0 to 2147483647.'] },
    { name: 'a limit beyond all bounds', body: '{"model":"m","max_tokens":1e300,"messages":[]}', is: ['invalid_request', 'max_tokens', '`max_tokens` must be a whole number from 0 to 2147483647.'] },
    { name: 'missing messages', body: '{"model":"m"}', is: ['invalid_request', 'messages', '`messages` is required.'] },
    { name: 'messages that are no list', body: '{"model":"m","messages":{}}', is: ['invalid_request', 'messages', '`messages` must be a list.'] },
  ])('names $name', ({ body, is }) => expect(scan(body)).toEqual(is));

  it('reads what routing needs, and takes null for absent', () => {
    const facts = dialect.scan(Buffer.from('{"model":"m\\u00e9","stream":true,"max_tokens":null,"messages":[]}'));
    expect(facts).toMatchObject({ model: 'mé', stream: true, maxOutputTokens: 0 });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => { dialect.scan(Buffer.from(bytes)); }));
  });

  it('replaces the model name and no other byte', () => {
    const body = Buffer.from('{ "temperature":1.0, "big":12345678901234567890, "model" : "a", "messages":[{"model":"a"}] ,"x":1e3 }');
    const facts = dialect.scan(body);
    if (facts instanceof Failure) throw new Error(facts.say);
    expect(dialect.rewrite(body, facts, { model: 'b"ü' }).toString()).toBe(body.toString().replace('"a"', '"b\\"ü"'));
    expect(dialect.rewrite(body, facts, {})).toBe(body);
  });
});

describe('sealed signatures', () => {
  const sealed = seal({ family: 'anthropic', model: 'm', kind: 'text', value: 'S' });
  const held = `{"type":"reasoning.text","text":"[,]","signature":"${sealed}"}`;
  it.each([
    { name: 'alone', list: `[ ${held} ]`, left: '[  ]' },
    { name: 'first', list: `[${held}, {"a":1}]`, left: '[{"a":1}]' },
    { name: 'last', list: `[{"a":1} , ${held} ]`, left: '[{"a":1} ]' },
    { name: 'between', list: `[1,${held},${held}, "x"]`, left: '[1,"x"]' },
    { name: 'apart', list: `[${held},{"a":[2.0]},${held}]`, left: '[{"a":[2.0]}]' },
  ])('go no further where bytes pass: $name', ({ list, left }) => {
    const body = (details: string) => `{"model":"m","messages":[{"role":"assistant","reasoning_details":${details}},{"role":"user","content":"cmVsYX"}]}`;
    const facts = openaiChat.scan(Buffer.from(body(list)));
    if (facts instanceof Failure) throw new Error(facts.say);
    expect(openaiChat.rewrite(Buffer.from(body(list)), facts, { model: 'n' }).toString()).toBe(body(left).replace('"m"', '"n"'));
  });
});

describe('the wish for usage', () => {
  it.each([
    { name: 'is inserted', given: '', wants: false, sent: '{"stream_options":{"include_usage":true},"model":"m","messages":[]}' },
    { name: 'replaces null', given: ',"stream_options":null', wants: false, sent: '{"model":"m","messages":[],"stream_options":{"include_usage":true}}' },
    { name: 'joins other options', given: ',"stream_options":{ "x":1}', wants: false, sent: '{"model":"m","messages":[],"stream_options":{"include_usage":true, "x":1}}' },
    { name: 'joins no options', given: ',"stream_options":{ }', wants: false, sent: '{"model":"m","messages":[],"stream_options":{"include_usage":true }}' },
    { name: 'replaces a refusal', given: ',"stream_options":{"include_usage":false}', wants: false, sent: '{"model":"m","messages":[],"stream_options":{"include_usage":true}}' },
    { name: 'stays where it is', given: ',"stream_options":{"include_usage": true}', wants: true, sent: '{"model":"m","messages":[],"stream_options":{"include_usage": true}}' },
  ])('$name', ({ given, wants, sent }) => {
    const body = Buffer.from(`{"model":"m","messages":[]${given}}`);
    const facts = openaiChat.scan(body);
    if (facts instanceof Failure) throw new Error(facts.say);
    expect(facts.wantsUsage).toBe(wants);
    const rewritten = openaiChat.rewrite(body, facts, { askUsage: true });
    expect(rewritten.toString()).toBe(sent);
    expect(openaiChat.scan(rewritten)).toMatchObject({ wantsUsage: true });
  });

  it('multiplies the limit by the number of answers', () => {
    expect(openaiChat.scan(Buffer.from('{"model":"m","messages":[],"n":3,"max_tokens":10,"max_completion_tokens":20}'))).toMatchObject({ maxOutputTokens: 60 });
  });
});

function edited(dialect: Dialect, edits: AnswerEdits, pieces: Buffer[]): string {
  const editor = dialect.editAnswer(edits);
  if (!editor) return Buffer.concat(pieces).toString();
  return Buffer.concat([...pieces.flatMap((piece) => editor.push(piece)), ...editor.end()]).toString();
}

const dropUsage: AnswerEdits = { stream: true, dropUsage: true, model: undefined };
const text = 'data: {"model":"up","choices":[{"delta":{"content":"é {\\"choices\\":[],\\"usage\\":{}}"}}],"usage":null}';
const usage = 'data: {"model":"up","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}';
const filters = 'data: {"model":"up","choices":[],"prompt_filter_results":[]}';
const finish = 'data: {"model":"up","choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}';
const events = [text, usage, filters, finish, ': PING', 'data: [DONE]', 'data: {"choices":[],"usage"', 'event: x'];

describe('the end mark of openai-chat behind another dialect', () => {
  const said = 'event: content_block_delta\ndata: {"text":"data: [DONE]"}\n\ndata: ["x"]\n\n', streamed = { stream: true, dropUsage: false };
  const endings = ['', 'data: [DONE]\n\n', 'data:[DONE]\n\n', 'data: [DONE]\n', 'data: [DONE]', 'data: [DONE]\r\n\r\n'];

  it.each([anthropicMessages, openaiResponses, gemini])('is taken out of $name, and nothing else, wherever it is cut', (dialect) => {
    for (const ending of endings) for (const model of [undefined, 'm']) {
      const whole = Buffer.from(said + ending), edits = { ...streamed, model };
      for (let at = 0; at <= whole.length; at++) expect(edited(dialect, edits, [whole.subarray(0, at), whole.subarray(at)])).toBe(said);
      expect(edited(dialect, edits, singleBytes(whole))).toBe(said);
    }
  });

  it('lets what only looks like it pass', () => {
    for (const like of ['data: [DONE', 'data: [DONE]x\n\n', 'data: [DO\n\n', ' data: [DONE]\n\n', 'data']) {
      for (const pieces of [[Buffer.from(said + like)], singleBytes(Buffer.from(said + like))]) expect(edited(anthropicMessages, { ...streamed, model: undefined }, pieces)).toBe(said + like);
    }
  });
});

describe('the usage chunk', () => {
  it('is the only thing that is taken out, wherever the bytes are cut', () => {
    const line = fc.constantFrom(...events);
    const end = fc.constantFrom('\n\n', '\r\n\r\n', '\r\r');
    fc.assert(fc.property(fc.array(line), end, fc.array(fc.nat(), { maxLength: 10 }), (lines, blank, places) => {
      const whole = Buffer.from(lines.map((each) => each + blank).join(''));
      const expected = lines.filter((each) => each !== usage).map((each) => each + blank).join('');
      expect(edited(openaiChat, dropUsage, cutBytes(whole, places))).toBe(expected);
      expect(edited(openaiChat, dropUsage, singleBytes(whole))).toBe(expected);
    }), { numRuns: 300 });
  });

  it('holds nothing back that cannot be it', () => {
    const editor = openaiChat.editAnswer(dropUsage);
    const given = (piece: string) => Buffer.concat(editor?.push(Buffer.from(piece)) ?? []).toString();
    expect(given('data: {"choices":[{"delta":')).toBe('data: {"choices":[{"delta":');
    expect(given('{"content":"a"}}]}\n\n')).toBe('{"content":"a"}}]}\n\n');
    expect(given('data: {"choices":[')).toBe('');
    expect(given('],"x":1}\n\n')).toBe('data: {"choices":[],"x":1}\n\n');
  });

  it('does not hold an endless event', () => {
    const editor = openaiChat.editAnswer(dropUsage);
    const out = Array.from({ length: 40 }, () => editor?.push(Buffer.alloc(1024, 0x61)) ?? []).flat();
    expect(Buffer.concat(out).length).toBeGreaterThan(38 << 10);
  });

  it('is let through when it is not to be dropped', () => expect(openaiChat.editAnswer({ ...dropUsage, dropUsage: false })).toBeUndefined());
});

describe('the model name of the answer', () => {
  const edits: AnswerEdits = { stream: true, dropUsage: true, model: 'a"b' };
  it('is set back in every chunk, wherever the bytes are cut', () => {
    const whole = Buffer.from([text, usage, finish, 'data: [DONE]'].map((each) => `${each}\n\n`).join(''));
    const expected = [text, finish, 'data: [DONE]'].map((each) => `${each.replace('"up"', '"a\\"b"')}\n\n`).join('');
    fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 10 }), (places) => {
      expect(edited(openaiChat, edits, cutBytes(whole, places))).toBe(expected);
    }));
  });

  it('is set back in message_start', () => {
    const start = 'event: message_start\ndata: {"type":"message_start","message":{"id":"1","model":"up","content":[]}}\n\n';
    const delta = 'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"text":"\\"model\\":\\"up\\""}}\n\n';
    expect(edited(anthropicMessages, edits, singleBytes(Buffer.from(start + delta)))).toBe(start.replace('"up"', '"a\\"b"') + delta);
  });

  it('is set back in a JSON answer', () => {
    const whole = Buffer.from('{"id":1.0,"model":"up","choices":[{"model":"up"}]}');
    expect(edited(openaiChat, { ...edits, stream: false }, singleBytes(whole))).toBe('{"id":1.0,"model":"a\\"b","choices":[{"model":"up"}]}');
  });
});

describe('the watch', () => {
  const reports = (dialect: Dialect, stream: boolean, pieces: Buffer[]): AnswerReport => {
    const watch = dialect.watch({ stream });
    for (const piece of pieces) watch.see(piece);
    return watch.report();
  };
  const chunk = (content: string) => `data: {"choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}],"usage":null}\n\n`;
  const many = Array.from({ length: 400 }, () => chunk(' word')).join('');

  it('reads usage at the end of a long stream, wherever it is cut', () => {
    const whole = Buffer.from(`${many}${usage}\n\ndata: [DONE]\n\n`);
    const expected = { tokens: expect.objectContaining({ input: 1, output: 2 }), complete: true, failure: undefined, receivedTokens: 2 };
    expect(reports(openaiChat, true, [whole])).toMatchObject(expected);
    expect(reports(openaiChat, true, singleBytes(whole))).toMatchObject(expected);
    fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 20 }), (places) => {
      expect(reports(openaiChat, true, cutBytes(whole, places))).toMatchObject(expected);
    }), { numRuns: 30 });
  });

  it('counts what came when the stream was cut', () => {
    const report = reports(openaiChat, true, cutBytes(Buffer.from(many), [10, 10_000, 20_000, 30_000]));
    expect(report).toMatchObject({ tokens: undefined, complete: false });
    expect(report.receivedTokens).toBeGreaterThan(380);
    expect(report.receivedTokens).toBeLessThan(440);
  });

  it('may be asked in between without losing anything', () => {
    const watch = openaiChat.watch({ stream: true });
    const counts = singleBytes(Buffer.from(chunk('one two three') + chunk(' four'))).map((piece) => { watch.see(piece); return watch.report().receivedTokens; });
    expect(counts.at(-1)).toBe(4);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('keeps the last of cumulative reports, and no absurd one', () => {
    const figures = (prompt: number) => `data: {"choices":[{"delta":{}}],"usage":{"prompt_tokens":${prompt},"completion_tokens":1}}\n\n`;
    expect(reports(openaiChat, true, [Buffer.from(figures(5) + figures(7))]).tokens).toMatchObject({ input: 7 });
    expect(reports(openaiChat, true, [Buffer.from(figures(-5))]).tokens).toBeUndefined();
    expect(reports(openaiChat, true, [Buffer.from(figures(2 ** 31))]).tokens).toBeUndefined();
    expect(reports(openaiChat, true, [Buffer.from(figures(1.5))]).tokens).toBeUndefined();
  });

  it('sees an error inside a stream', () => {
    expect(reports(openaiChat, true, [Buffer.from(`${chunk('a')}data: {"error":{"message":"no"}}\n\n`)]).failure?.code).toBe('answer_cut');
    expect(reports(anthropicMessages, true, [Buffer.from('event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n')]).failure?.code).toBe('answer_cut');
  });

  it('merges the two reports of anthropic-messages', () => {
    const start = 'event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":3,"output_tokens":1}}}\n\n';
    const end = 'event: message_delta\ndata: {"type":"message_delta","delta":{},"usage":{"output_tokens":9}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n';
    expect(reports(anthropicMessages, true, singleBytes(Buffer.from(start + end)))).toMatchObject({ tokens: { input: 8, cacheRead: 3, output: 9 }, begun: undefined, complete: true });
    expect(reports(anthropicMessages, true, [Buffer.from(start)])).toMatchObject({ tokens: undefined, begun: { input: 8, cacheRead: 3 }, complete: false });
  });

  it('reads a JSON answer', () => {
    const body = '{"choices":[{"message":{"content":"hi"}}],"usage":{"prompt_tokens":4,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":2}}}';
    expect(reports(openaiChat, false, singleBytes(Buffer.from(body)))).toMatchObject({ tokens: { input: 4, cacheRead: 2, output: 1 }, complete: true });
    expect(reports(openaiChat, false, [Buffer.from(body.slice(0, 45))])).toMatchObject({ tokens: undefined, complete: false, receivedTokens: 1 });
    expect(reports(openaiChat, false, [Buffer.from('{"error":{"message":"no"}}')])).toMatchObject({ complete: false, failure: { code: 'bad_response_body' } });
  });
});
