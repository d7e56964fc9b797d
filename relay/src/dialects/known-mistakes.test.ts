/**
 * The mistakes of other gateways, by their numbers in the contract (dialects 12). 18 and 22 need sockets: pipeline/tests/refusals.test.ts,
 * pipeline/tests/gemini.test.ts and pipeline/tests/broken-streams.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { writeSse } from '../framing/sse-writer.ts';
import { StreamConversion } from './answer/answer-conversion.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { Json, JsonObject } from './chat-event.ts';
import type { Dialect, WriterOptions } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { isObject, text } from './json-member.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';
import { seal } from './memory/sealed-signature.ts';

const dialects: Record<string, Dialect> = { chat: openaiChat, responses: openaiResponses, messages: anthropicMessages, gemini };

function written(from: Dialect, to: Dialect, events: readonly (JsonObject | '[DONE]')[], options: Partial<WriterOptions> = {}): string {
  const conversion = new StreamConversion({ from, to, reading: {}, writing: { requestId: 'r', model: 'm', streamUsage: true, createdAt: 7, ...options } });
  const bytes = events.map((data) => writeSse({ event: data === '[DONE]' ? undefined : text(data['type']), data: data === '[DONE]' ? data : JSON.stringify(data) })).join('');
  const pieces = conversion.push(Buffer.from(bytes));
  if (pieces instanceof Failure) throw new Error(pieces.say);
  return [...pieces, ...conversion.end()].join('');
}

const dataOf = (stream: string): JsonObject[] => stream.split(/\r?\n/).filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)) as Json).filter(isObject);

function sent(from: Dialect, to: Dialect, body: JsonObject, model = 'm'): JsonObject {
  const request = from.readRequest(body, { model, stream: false });
  const out = request instanceof Failure ? request : to.writeRequest({ ...request, model });
  if (out instanceof Failure) throw new Error(`${out.details.param} ${out.say}`);
  return out;
}

const user = (content: Json): JsonObject => ({ role: 'user', content });
const message = (...blocks: JsonObject[]): JsonObject[] => [
  { type: 'message_start', message: { id: 'msg_1', model: 'up', content: [], usage: { input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 1 } } },
  ...blocks.flatMap((block, index): JsonObject[] => [{ type: 'content_block_start', index, content_block: block }, { type: 'content_block_stop', index }]),
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 30 } }, { type: 'message_stop' },
];
const chunk = (delta: JsonObject, finish_reason: string | null = null): JsonObject => ({ id: 'x', choices: [{ index: 0, delta, finish_reason }] });
const use = (id: string, input: JsonObject = {}): JsonObject => ({ type: 'tool_use', id, name: 'f', input });
const textAndCall = message({ type: 'thinking', thinking: 'hm', signature: 'S' }, { type: 'text', text: 'Hi' }, use('A', { a: 1 }));

it('1: tools are numbered among tools', () => {
  expect(written(anthropicMessages, openaiChat, textAndCall)).toContain('"tool_calls":[{"index":0,"id":"A"');
});

it.each(Object.entries(dialects).filter(([name]) => name !== 'messages'))('2: text stays beside a call, for a client of %s', (_name, to) => {
  const stream = written(anthropicMessages, to, textAndCall);
  expect(stream).toContain('Hi');
  expect(stream).toMatch(/"f"/);
});

it('3: signatures go back to their maker and to nobody else', () => {
  const signature = seal({ family: 'anthropic', model: 'claude', kind: 'text', value: 'S' });
  const details: JsonObject[] = [{ type: 'reasoning.text', text: 'hm', signature }, { type: 'reasoning.encrypted', data: seal({ family: 'anthropic', model: 'claude', kind: 'redacted', value: 'R' }) }];
  const history = { model: 'm', messages: [user('hi'), { role: 'assistant', reasoning_details: details, content: 'x' }, user('y')] };
  expect(JSON.stringify(sent(openaiChat, anthropicMessages, history, 'claude-opus-5'))).toContain('{"type":"thinking","thinking":"hm","signature":"S"},{"type":"redacted_thinking","data":"R"}');
  for (const to of [openaiResponses, gemini]) expect(JSON.stringify(sent(openaiChat, to, history))).not.toMatch(/"S"|hm/);
});

it('4, 5: cached tokens stand beside the input of anthropic-messages, whose start makes nothing up', () => {
  const stream = written(openaiChat, anthropicMessages, [chunk({ content: 'a' }), { ...chunk({}, 'stop'), usage: { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 40 } } }, '[DONE]']);
  expect(stream).toContain('"usage":{"input_tokens":0,');
  expect(dataOf(stream).find((event) => event['type'] === 'message_delta')).toMatchObject({ usage: { input_tokens: 60, cache_read_input_tokens: 40, output_tokens: 5 } });
});

it('6, 7, 12: neighbours are joined part by part, nothing is made up, and instructions stay in their place', () => {
  const image = { type: 'image_url', image_url: { url: 'https://x.test/i' } };
  const body = { model: 'm', messages: [{ role: 'system', content: 'a' }, user('one'), user([{ type: 'text', text: 'two' }, image]), { role: 'assistant', content: 'x' }, { role: 'system', content: 'b' }, user('three')] };
  expect(sent(openaiChat, anthropicMessages, body)).toMatchObject({
    system: 'a', messages: [{ role: 'user', content: [{ text: 'one' }, { text: 'two' }, { type: 'image', source: { type: 'url', url: 'https://x.test/i' } }] }, { role: 'assistant', content: 'x' }, { role: 'user', content: [{ text: 'System: b' }, { text: 'three' }] }],
  });
});

it.each([1, 4, 7])('8: %i stops are cut where there are too many', (count) => {
  const stop = Array.from({ length: count }, (_, index) => `s${index}`);
  const body = { model: 'm', max_tokens: 5, messages: [user('hi')], stop_sequences: stop };
  expect(sent(anthropicMessages, openaiChat, body)['stop']).toEqual(stop.slice(0, 4));
  expect(sent(anthropicMessages, gemini, body)).toMatchObject({ generationConfig: { stopSequences: stop.slice(0, 5) } });
});

it('9: a word that nobody knows means that it stopped', () => {
  expect(written(openaiChat, anthropicMessages, [chunk({ content: 'a' }, 'novelty'), '[DONE]'])).toContain('"stop_reason":"end_turn"');
  expect(written(gemini, openaiChat, [{ candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason: 'NOVELTY' }] }])).toContain('"finish_reason":"stop"');
});

it('10: an image by its address reaches openai-chat', () => {
  const image = { type: 'image', source: { type: 'url', url: 'https://x.test/i' } };
  expect(JSON.stringify(sent(anthropicMessages, openaiChat, { model: 'm', max_tokens: 5, messages: [user([image])] }))).toContain('"image_url":{"url":"https://x.test/i"}');
});

it('11: the stop text that was met is told', () => {
  const events = [...message({ type: 'text', text: 'a' }).slice(0, 3), { type: 'message_delta', delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' }, usage: {} }, { type: 'message_stop' }];
  const back = written(anthropicMessages, gemini, events);
  expect(back).toContain('"finishReason":"STOP"');
  const reader = anthropicMessages.newReader();
  expect(events.flatMap((event) => reader.read({ event: undefined, data: JSON.stringify(event) }))).toContainEqual(expect.objectContaining({ type: 'answer-finish', reason: 'stop_sequence', sequence: 'END' }));
});

it('13: only openai-chat ends with [DONE], and events are named where they have names', () => {
  const streams = Object.fromEntries(Object.entries(dialects).map(([name, to]) => [name, written(name === 'chat' ? anthropicMessages : openaiChat, to, name === 'chat' ? textAndCall : [chunk({ content: 'a' }, 'stop'), '[DONE]'])]));
  expect(Object.entries(streams).filter(([, stream]) => stream.includes('[DONE]')).map(([name]) => name)).toEqual(['chat']);
  expect(Object.entries(streams).filter(([, stream]) => stream.includes('event: ')).map(([name]) => name)).toEqual(['responses', 'messages']);
});

it('14: usage is told to who asked, once, and cumulative figures are not summed', () => {
  const report = (total: number): JsonObject => ({ promptTokenCount: 10, candidatesTokenCount: total, totalTokenCount: 10 + total });
  const chunks = [1, 2, 3].map((count): JsonObject => ({ candidates: [{ content: { parts: [{ text: 'a' }] }, ...(count === 3 ? { finishReason: 'STOP' } : {}) }], usageMetadata: report(count) }));
  expect(dataOf(written(gemini, openaiChat, chunks)).filter((event) => isObject(event['usage']))).toMatchObject([{ choices: [], usage: { prompt_tokens: 10, completion_tokens: 3 } }]);
  expect(written(gemini, openaiChat, chunks, { streamUsage: false })).not.toContain('usage');
});

describe('15: arguments', () => {
  it.each([{ args: '' }, { args: null }])('that are missing ($args) are an empty object', ({ args }) => {
    const stream = written(openaiChat, openaiResponses, [chunk({ tool_calls: [{ index: 0, id: 'A', function: { name: 'f', arguments: args } }] }), chunk({}, 'tool_calls'), '[DONE]']);
    expect(stream).toContain('"arguments":"{}"');
    expect(sent(openaiChat, gemini, { model: 'm', messages: [user('hi'), { role: 'assistant', tool_calls: [{ id: 'A', function: { name: 'f', arguments: args } }] }] })).toMatchObject({ contents: [{}, { parts: [{ functionCall: { args: {} } }] }] });
  });

  it('that come in pieces and again as a whole are told once', () => {
    const item = { type: 'function_call', id: 'fc', call_id: 'A', name: 'f', arguments: '{"a":1}' };
    const stream = written(openaiResponses, openaiChat, [
      { type: 'response.created', response: { id: 'resp_1' } }, { type: 'response.output_item.added', output_index: 0, item: { ...item, arguments: '' } }, { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a":1}' },
      { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"a":1}' }, { type: 'response.output_item.done', output_index: 0, item }, { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [item] } },
    ]);
    expect(stream.match(/\{\\"a\\":1\}/g)).toHaveLength(1);
  });
});

it('16: bytes that pass keep their numbers, their unknown members and their order', () => {
  const body = Buffer.from('{"z":1.0,"model":"m","order":12345678901234567890,"messages":[],"odd":{"b":1e3,"a":null}}');
  const facts = openaiChat.scan(body);
  if (facts instanceof Failure) throw new Error(facts.say);
  expect(openaiChat.rewrite(body, facts, { model: 'other' }).toString()).toBe(body.toString().replace('"m"', '"other"'));
});

it.each(Object.entries(dialects))('17: a failure inside a stream of %s is an event of its own, and an end', (name, dialect) => {
  const words = dialect.newFraming().fail(dialect.renderStreamFailure(new Failure('answer_cut'), 'r')).join('');
  expect(words.trimStart()).toMatch(name === 'chat' ? /^data: \{"error":.*\}\n\ndata: \[DONE\]\n\n$/ : name === 'gemini' ? /^data: \{"error":.*\}\r\n\r\n\{"error":.*\}$/ : name === 'messages' ? /^event: error\ndata: .*\n\n$/ : /^event: error\ndata: .*\n\nevent: response\.failed\ndata: .*\n\n$/);
});

it('19: two calls under one number are two', () => {
  const call = (id: string): JsonObject => chunk({ tool_calls: [{ index: 0, id, function: { name: 'f', arguments: '{}' } }] });
  expect(written(openaiChat, gemini, [call('A'), call('B'), chunk({}, 'tool_calls'), '[DONE]']).match(/"id":"[AB]"/g)).toEqual(['"id":"A"', '"id":"B"']);
});

it('21: a line of megabytes is one event', () => {
  const long = 'x'.repeat(3 << 20);
  expect(written(openaiChat, anthropicMessages, [chunk({ content: long }, 'stop'), '[DONE]'])).toContain(long);
});

describe('the worked example (dialects 8)', () => {
  const example: JsonObject[] = [
    { type: 'message_start', message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }, { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'R1 ' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'R2' } }, { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'S' } }, { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }, { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hi' } }, { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't1', name: 'a', input: {} } }, { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"x":' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '1}' } }, { type: 'content_block_stop', index: 2 },
    { type: 'content_block_start', index: 3, content_block: { type: 'tool_use', id: 't2', name: 'b', input: {} } }, { type: 'content_block_stop', index: 3 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { input_tokens: 50, cache_creation_input_tokens: 10, cache_read_input_tokens: 40, output_tokens: 30 } }, { type: 'message_stop' },
  ];
  const sealed = seal({ family: 'anthropic', model: 'm', kind: 'text', value: 'S' });

  it('reaches a client of openai-responses as the contract shows', () => {
    const types = dataOf(written(anthropicMessages, openaiResponses, example)).map((event) => text(event['type'])?.replace('response.', ''));
    expect(types).toEqual([
      'created', 'in_progress', 'output_item.added', 'reasoning_summary_part.added', 'reasoning_summary_text.delta', 'reasoning_summary_text.delta', 'reasoning_summary_text.done', 'reasoning_summary_part.done', 'output_item.done',
      'output_item.added', 'content_part.added', 'output_text.delta', 'output_text.done', 'content_part.done', 'output_item.done',
      'output_item.added', 'function_call_arguments.delta', 'function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done', 'output_item.added', 'function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done', 'completed',
    ]);
    expect(dataOf(written(anthropicMessages, openaiResponses, example)).at(-1)).toMatchObject({
      sequence_number: 24, response: { status: 'completed', output: [{ encrypted_content: sealed }, {}, { call_id: 't1' }, { call_id: 't2', arguments: '{}' }], usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 }, output_tokens: 30, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 130 } },
    });
  });

  it('reaches a client of gemini as the contract shows', () => {
    const head = { modelVersion: 'm', responseId: '1' };
    const said = (part: JsonObject): JsonObject => ({ candidates: [{ content: { role: 'model', parts: [part] }, index: 0 }], ...head });
    expect(dataOf(written(anthropicMessages, gemini, example))).toEqual([
      said({ text: 'R1 ', thought: true }), said({ text: 'R2', thought: true }), said({ text: '', thought: true, thoughtSignature: sealed }), said({ text: 'Hi' }),
      said({ functionCall: { id: 't1', name: 'a', args: { x: 1 } } }), said({ functionCall: { id: 't2', name: 'b', args: {} } }),
      { candidates: [{ content: { role: 'model', parts: [{ text: '' }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 100, cachedContentTokenCount: 40, candidatesTokenCount: 30, totalTokenCount: 130 }, ...head },
    ]);
  });
});
