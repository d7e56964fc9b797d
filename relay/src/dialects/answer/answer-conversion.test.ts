import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { cutBytes } from '../../framing/cut-bytes.ts';
import { writeSse } from '../../framing/sse-writer.ts';
import { convertBody, StreamConversion } from './answer-conversion.ts';
import { anthropicMessages } from '../anthropic-messages/dialect.ts';
import type { ChatEvent, FinishReason, Json, JsonObject } from '../chat-event.ts';
import type { Dialect, Frame, WriterOptions } from '../dialect.ts';
import { text } from '../json-member.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { openaiResponses } from '../openai-responses/dialect.ts';
import { seal } from '../memory/sealed-signature.ts';
import { noTokens } from '../metering/usage.ts';
import { wholeAnswer } from './whole-answer.ts';

const writing: WriterOptions = { requestId: 'r', model: 'm', streamUsage: true, createdAt: 7 };
const sealedS = seal({ family: 'anthropic', model: 'up', kind: 'text', value: 'S' });

const events = (...list: JsonObject[]): Buffer => Buffer.from(list.map((data) => writeSse({ event: text(data['type']), data: JSON.stringify(data) })).join(''));
const chunks = (...list: (JsonObject | '[DONE]')[]): Buffer => Buffer.from(list.map((data) => writeSse({ event: undefined, data: data === '[DONE]' ? data : JSON.stringify(data) })).join(''));

function converted(from: Dialect, to: Dialect, bytes: Buffer, options: Partial<WriterOptions> = {}): Json[] {
  const conversion = new StreamConversion({ from, to, reading: {}, writing: { ...writing, ...options } });
  const first = conversion.push(bytes);
  if (first instanceof Failure) throw new Error(first.say);
  const lines = [...first, ...conversion.end()].join('').split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line): Json => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))));
}

function whole(body: Buffer, from: Dialect, to: Dialect): string {
  const sent = convertBody(body, { from, to, reading: {}, writing });
  if (sent instanceof Failure) throw new Error(sent.details.note);
  return sent;
}

const start = (usage: JsonObject): JsonObject => ({ type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'up', content: [], usage } });
const open = (index: number, content_block: JsonObject): JsonObject => ({ type: 'content_block_start', index, content_block });
const grow = (index: number, delta: JsonObject): JsonObject => ({ type: 'content_block_delta', index, delta });
const stop = (index: number): JsonObject => ({ type: 'content_block_stop', index });
const end = (stop_reason: string, usage: JsonObject = { output_tokens: 1 }): JsonObject[] => [{ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage }, { type: 'message_stop' }];

/** Dialects 8. */
const example = [
  start({ input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 1 }),
  open(0, { type: 'thinking', thinking: '', signature: '' }), grow(0, { type: 'thinking_delta', thinking: 'R1 ' }), grow(0, { type: 'thinking_delta', thinking: 'R2' }), grow(0, { type: 'signature_delta', signature: 'S' }), stop(0),
  open(1, { type: 'text', text: '' }), grow(1, { type: 'text_delta', text: 'Hi' }), stop(1),
  open(2, { type: 'tool_use', id: 't1', name: 'a', input: {} }), grow(2, { type: 'input_json_delta', partial_json: '{"x":' }), grow(2, { type: 'input_json_delta', partial_json: '1}' }), stop(2),
  open(3, { type: 'tool_use', id: 't2', name: 'b', input: {} }), stop(3),
  ...end('tool_use', { input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 30 }),
];

describe('the worked example', () => {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 7, model: 'm' };
  const chunk = (delta: JsonObject, finish_reason: string | null = null): JsonObject => ({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null });
  const asChunks = [
    chunk({ role: 'assistant', content: '' }), chunk({ reasoning_content: 'R1 ' }), chunk({ reasoning_content: 'R2' }),
    chunk({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'R1 R2', signature: sealedS, format: 'relay' }] }),
    chunk({ content: 'Hi' }),
    chunk({ tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'a', arguments: '' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: '{"x":' } }] }), chunk({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }),
    chunk({ tool_calls: [{ index: 1, id: 't2', type: 'function', function: { name: 'b', arguments: '' } }] }), chunk({ tool_calls: [{ index: 1, function: { arguments: '{}' } }] }),
    chunk({}, 'tool_calls'),
    { ...head, choices: [], usage: { prompt_tokens: 100, completion_tokens: 30, total_tokens: 130, prompt_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 }, completion_tokens_details: { reasoning_tokens: 0 } } },
  ];

  it('reaches a client of openai-chat as the contract shows', () => {
    expect(converted(anthropicMessages, openaiChat, events(...example))).toEqual([...asChunks, '[DONE]']);
  });

  it('has no usage anywhere when the client did not ask', () => {
    const sent = converted(anthropicMessages, openaiChat, events(...example), { streamUsage: false });
    expect(JSON.stringify(sent)).not.toContain('usage');
    expect(sent.at(-2)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
  });

  it('comes back as it was', () => {
    const back = converted(openaiChat, anthropicMessages, chunks(...asChunks, '[DONE]'));
    const signed = example.map((event) => JSON.parse(JSON.stringify(event).replace('"S"', JSON.stringify(sealedS)).replaceAll('"up"', '"m"')));
    const closing = back.slice(1).map((event) => JSON.stringify(event));
    // The start cannot know the usage, the second call says that it has no arguments, and stop reasons need no null.
    const expected = signed.slice(1).map((event) => JSON.stringify(event));
    expect(closing.filter((event) => event !== JSON.stringify(grow(3, { type: 'input_json_delta', partial_json: '{}' })))).toEqual(expected);
    expect(back[0]).toMatchObject({ message: { id: 'msg_1', model: 'm', usage: { input_tokens: 0, output_tokens: 0 } } });
  });

  it('is one object without streaming', () => {
    const content = [{ type: 'thinking', thinking: 'R1 R2', signature: 'S' }, { type: 'text', text: 'Hi' }, { type: 'tool_use', id: 't1', name: 'a', input: { x: 1 } }, { type: 'tool_use', id: 't2', name: 'b', input: {} }];
    const body = { id: 'msg_1', type: 'message', role: 'assistant', model: 'up', content, stop_reason: 'tool_use', stop_sequence: null, usage: { input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 30 } };
    const sent = whole(Buffer.from(JSON.stringify(body)), anthropicMessages, openaiChat);
    expect(JSON.parse(sent)).toEqual({
      id: 'chatcmpl-1', object: 'chat.completion', created: 7, model: 'm',
      choices: [{ index: 0, logprobs: null, finish_reason: 'tool_calls', message: {
        role: 'assistant', content: 'Hi', refusal: null, reasoning_content: 'R1 R2', reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'R1 R2', signature: sealedS, format: 'relay' }],
        tool_calls: [{ id: 't1', type: 'function', function: { name: 'a', arguments: '{"x":1}' } }, { id: 't2', type: 'function', function: { name: 'b', arguments: '{}' } }],
      } }],
      usage: { prompt_tokens: 100, completion_tokens: 30, total_tokens: 130, prompt_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 }, completion_tokens_details: { reasoning_tokens: 0 } },
    });
    const back = whole(Buffer.from(sent), openaiChat, anthropicMessages);
    expect(JSON.parse(back)).toMatchObject({ ...body, model: 'm', content: [{ ...content[0], signature: sealedS }, ...content.slice(1)] });
  });
});

/** What no server should send in openai-responses. */
const oddEvents: Json[] = [
  { type: 'response.created', response: 5 }, { type: 'response.output_item.added', output_index: 0, item: null }, { type: 'response.output_item.added', output_index: {}, item: { type: 'function_call' } },
  { type: 'response.function_call_arguments.delta', output_index: {}, delta: 5 }, { type: 'response.output_text.delta', output_index: 0, content_index: [], delta: 'a' },
  { type: 'response.output_item.done', output_index: 7, item: { type: 'reasoning', summary: [null], encrypted_content: 'x' } }, { type: 'response.completed', response: { output: [3, { type: 'message', content: {} }] } }, { type: 'toString', output_index: 0 },
];

/** Any answer, as an upstream of any dialect could have given it. */
const answers = fc.record({
  parts: fc.array(fc.oneof(
    fc.record({ kind: fc.constantFrom('text' as const, 'reasoning' as const), pieces: fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('tool-call' as const), name: fc.stringMatching(/^[a-z]{1,8}$/), pieces: fc.constantFrom(['{}'], ['{"a"', ':1}'], ['{"a":"}"', ',"b":[', '2]}']) }),
  ), { maxLength: 6 }),
  finish: fc.constantFrom<FinishReason>('stop', 'length', 'content_filter'),
  signature: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  input: fc.nat(1000), cacheRead: fc.nat(500), cacheWrite: fc.nat(500), output: fc.nat(1000),
}).map(({ parts, finish, signature, input, cacheRead, cacheWrite, output }): ChatEvent[] => {
  const written = parts.flatMap((part, index): ChatEvent[] => {
    const begin: ChatEvent = { type: 'part-start', index, part: part.kind === 'tool-call' ? { kind: 'tool-call', id: `call_${index}`, name: part.name, arguments: '' } : { kind: part.kind, text: '' } };
    const grown = part.pieces.map((text): ChatEvent => ({ type: part.kind === 'tool-call' ? 'arguments-delta' : 'text-delta', index, text }));
    const sealed = seal({ family: 'anthropic', model: 'up', kind: 'text', value: signature ?? '' });
    const signed: ChatEvent[] = part.kind === 'reasoning' && signature ? [{ type: 'signature-delta', index, signature: sealed }] : [];
    return [begin, ...grown, ...signed, { type: 'part-end', index }];
  });
  const calls = parts.some((part) => part.kind === 'tool-call');
  const tokens = { ...noTokens, input: input + cacheRead + cacheWrite, cacheRead, cacheWrite, output };
  return [
    { type: 'answer-start', id: '1', model: 'm', created: 7 }, ...written, { type: 'usage-report', tokens },
    { type: 'answer-finish', reason: calls && finish === 'stop' ? 'tool_calls' : finish }, { type: 'answer-end' },
  ];
});

/** The facts of an answer: neighbouring texts are one, as openai-chat cannot tell them apart. */
function facts(list: readonly ChatEvent[]): Json {
  const { parts, tokens, finish } = wholeAnswer(list);
  const joined: { kind: string; said: string; signature?: string }[] = [];
  for (const part of parts) {
    const said = part.kind === 'tool-call' ? `${part.id} ${part.name} ${part.arguments}` : part.kind === 'text' || part.kind === 'reasoning' ? part.text : '';
    const signature = part.kind === 'reasoning' ? part.signature : undefined;
    const before = joined.at(-1);
    if (before && before.kind === part.kind && part.kind !== 'tool-call' && before.signature === undefined) { before.said += said; before.signature = signature; }
    else joined.push({ kind: part.kind, said, signature });
  }
  return JSON.parse(JSON.stringify({ joined, tokens, finish: finish.reason }));
}

const argumentsOf = (list: readonly ChatEvent[]): Json[] =>
  wholeAnswer(list).parts.flatMap((part): Json[] => (part.kind === 'tool-call' ? [JSON.parse(part.arguments || '{}')] : []));

const frames = (dialect: Dialect, list: readonly ChatEvent[]): Frame[] => { const writer = dialect.newWriter(writing); return list.flatMap((event) => writer.write(event)); };
const readAll = (dialect: Dialect, list: readonly Frame[]): ChatEvent[] => { const reader = dialect.newReader(); return [...list.flatMap((each) => reader.read(each)), ...reader.end()]; };

const all: Dialect[] = [openaiChat, openaiResponses, anthropicMessages];

describe.each(all)('$name', (dialect) => {
  it('reads what it writes, streamed and whole', () => {
    fc.assert(fc.property(answers, (answer) => {
      expect(facts(readAll(dialect, frames(dialect, answer)))).toEqual(facts(answer));
      const body: Json = JSON.parse(JSON.stringify(dialect.writeAnswer(answer, writing)));
      const back = dialect.readAnswer(body);
      if (back instanceof Failure) throw new Error(back.say);
      expect(argumentsOf(back)).toEqual(argumentsOf(answer));
      expect(wholeAnswer(back).tokens).toEqual(wholeAnswer(answer).tokens);
    }), { numRuns: 300 });
  });

  it.each(all.filter((other) => other !== dialect))('says the same through $name', (other) => {
    fc.assert(fc.property(answers, (answer) => {
      const there = readAll(other, frames(other, readAll(dialect, frames(dialect, answer))));
      expect(facts(there)).toEqual(facts(answer));
    }), { numRuns: 300 });
  });

  it('reads any bytes without throwing, cut anywhere, and always ends', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.jsonValue({ maxDepth: 3 })).map((values) => Buffer.from(values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''))),
      fc.array(fc.oneof(fc.constantFrom<Json>(...example), fc.constant<Json>({ choices: [{ index: 0, delta: { tool_calls: [{ index: null, function: 5 }, 7, null, { id: 3 }] } }] }), fc.constant<Json>({ choices: [{ delta: { content: [{ type: 'thinking', thinking: 1 }, null] } }, null, 3] }), fc.constant<Json>({ type: 'content_block_start', index: 'x', content_block: 5 }), fc.constantFrom<Json>(...oddEvents)))
        .map((list) => Buffer.from(list.map((data) => `data: ${JSON.stringify(data)}\n\n`).join(''))),
    );
    fc.assert(fc.property(noise, fc.array(fc.nat(), { maxLength: 5 }), (bytes, places) => {
      for (const to of all.filter((other) => other !== dialect)) {
        const conversion = new StreamConversion({ from: dialect, to, reading: {}, writing });
        const watch = dialect.watch({ stream: true });
        for (const piece of cutBytes(bytes, places)) { conversion.push(piece); watch.see(piece); }
        conversion.end();
        const report = watch.report();
        expect(report.receivedTokens).toBeGreaterThanOrEqual(0);
        expect(convertBody(bytes, { from: dialect, to, reading: {}, writing })).toBeDefined();
      }
    }), { numRuns: 500 });
  });

  it('reads any request without throwing, and says what is wrong', () => {
    const members = ['messages', 'system', 'tools', 'tool_choice', 'stop', 'stop_sequences', 'thinking', 'response_format', 'output_config', 'metadata', 'max_tokens', 'input', 'instructions', 'include', 'reasoning', 'text'];
    const body = fc.dictionary(fc.constantFrom(...members), fc.jsonValue({ maxDepth: 4 })).map((given): Json => JSON.parse(JSON.stringify({ model: 'm', max_tokens: 9, ...given })));
    fc.assert(fc.property(body, (given) => {
      const request = dialect.readRequest(given);
      if (request instanceof Failure) expect(request.details.param).toBeTruthy();
      else for (const target of all) target.writeRequest(request);
    }), { numRuns: 500 });
  });
});

describe('what other gateways get wrong', () => {
  const delta = (given: JsonObject, finish_reason: string | null = null): JsonObject => ({ id: 'x', choices: [{ index: 0, delta: given, finish_reason }] });
  const fragment = (index: number, args: string, head: JsonObject = {}): JsonObject => ({ index, ...head, function: { ...(head['id'] ? { name: `n${text(head['id'])}` } : {}), arguments: args } });
  const blocks = (sent: Json[]): string => JSON.stringify(sent.filter((event) => JSON.stringify(event).includes('content_block_start')));

  it('keeps fragments of interleaved calls apart', () => {
    const sent = converted(openaiChat, anthropicMessages, chunks(
      delta({ tool_calls: [fragment(0, '{"a":', { id: 'A' })] }), delta({ tool_calls: [fragment(1, '{"b":', { id: 'B' })] }), delta({ tool_calls: [fragment(0, '1}')] }),
      delta({ tool_calls: [fragment(1, '2}')] }), delta({ content: 'late' }), delta({}, 'tool_calls'), '[DONE]',
    ));
    const body = anthropicMessages.newReader();
    const read = wholeAnswer([...sent.flatMap((event) => body.read({ event: undefined, data: JSON.stringify(event) })), ...body.end()]);
    expect(read.parts).toMatchObject([{ id: 'A', arguments: '{"a":1}' }, { id: 'B', arguments: '{"b":2}' }, { kind: 'text', text: 'late' }]);
  });

  it('takes two calls under one number for two', () => {
    const sent = converted(openaiChat, anthropicMessages, chunks(delta({ tool_calls: [fragment(0, '{}', { id: 'A' })] }), delta({ tool_calls: [fragment(0, '{}', { id: 'B' })] }), delta({}, 'tool_calls'), '[DONE]'));
    expect(blocks(sent)).toContain('"id":"A"');
    expect(blocks(sent)).toContain('"id":"B"');
  });

  it('takes a call that is sent twice for one', () => {
    const sent = converted(openaiChat, anthropicMessages, chunks(delta({ tool_calls: [fragment(0, '{"a":1}', { id: 'A' })] }), delta({ tool_calls: [fragment(0, '{"a":1}')] }), delta({}, 'tool_calls'), '[DONE]'));
    expect(JSON.stringify(sent)).toContain('{\\"a\\":1}"');
    expect(JSON.stringify(sent)).not.toContain('1}{');
  });

  it('says stop where there is a finish of calls without a call, and calls where there is one', () => {
    expect(JSON.stringify(converted(openaiChat, anthropicMessages, chunks(delta({ content: 'a' }), delta({}, 'tool_calls'), '[DONE]')))).toContain('"stop_reason":"end_turn"');
    expect(JSON.stringify(converted(openaiChat, anthropicMessages, chunks(delta({ tool_calls: [fragment(0, '{}', { id: 'A' })] }), delta({}, 'stop'), '[DONE]')))).toContain('"stop_reason":"tool_use"');
  });

  it('says stop, not filtered, where it does not know the word', () => {
    expect(JSON.stringify(converted(openaiChat, anthropicMessages, chunks(delta({ content: 'a' }), delta({}, 'whatever'), '[DONE]')))).toContain('"end_turn"');
  });

  it('keeps the stop text and the reason of a refusal', () => {
    const stopped = [start({ input_tokens: 1, output_tokens: 1 }), { type: 'message_delta', delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' }, usage: {} }, { type: 'message_stop' }];
    const read = readAll(anthropicMessages, stopped.map((event) => ({ event: undefined, data: JSON.stringify(event) })));
    expect(frames(anthropicMessages, read).map((each) => each.data).join('')).toContain('"stop_reason":"stop_sequence","stop_sequence":"END"');
  });

  it('says nothing more when the upstream breaks off or breaks down', () => {
    const cut = converted(anthropicMessages, openaiChat, events(...example.slice(0, 8)));
    expect(JSON.stringify(cut)).not.toContain('finish_reason":"');
    expect(cut).not.toContain('[DONE]');
    const failed = converted(anthropicMessages, openaiChat, events(...example.slice(0, 8), { type: 'error', error: { type: 'overloaded_error', message: 'key sk-secret' } }, ...example.slice(8)));
    expect(failed).toEqual(cut);
    expect(JSON.stringify(converted(openaiChat, anthropicMessages, chunks(delta({ content: 'a' }), delta({}, 'insufficient_system_resource'), '[DONE]')))).not.toContain('message_stop');
  });

  it('ends as it should without [DONE], and at [DONE] without a finish', () => {
    expect(converted(openaiChat, anthropicMessages, chunks(delta({ content: 'a' }, 'length'))).at(-1)).toEqual({ type: 'message_stop' });
    expect(converted(openaiChat, anthropicMessages, chunks(delta({ content: 'a' }), '[DONE]')).at(-1)).toEqual({ type: 'message_stop' });
  });

  it('shows reasoning to a client of anthropic-messages as far as it asked', () => {
    const bytes = chunks(delta({ reasoning_content: 'hm' }), delta({ content: 'a' }), delta({}, 'stop'), '[DONE]');
    const shown = (reasoning: WriterOptions['reasoning']) => JSON.stringify(converted(openaiChat, anthropicMessages, bytes, { reasoning }));
    expect(shown('shown')).toContain('"thinking_delta","thinking":"hm"');
    expect(shown('signed')).not.toContain('hm');
    expect(shown('hidden')).not.toContain('thinking');
  });

  it('gives tools back their names', () => {
    const toolNames = new Map([['short', 'a name.with everything']]);
    const bytes = chunks(delta({ tool_calls: [{ index: 0, id: 'A', function: { name: 'short', arguments: '{}' } }] }), delta({}, 'tool_calls'), '[DONE]');
    expect(JSON.stringify(converted(openaiChat, anthropicMessages, bytes, { toolNames }))).toContain('"name":"a name.with everything"');
  });
});
