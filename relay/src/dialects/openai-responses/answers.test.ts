import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { anthropicMessages } from '../anthropic-messages/dialect.ts';
import { convertBody, StreamConversion } from '../answer/answer-conversion.ts';
import type { ChatEvent, Json, JsonObject, Part } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';
import { isObject, list, member, parseJson, text } from '../json-member.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { seal, unseal } from '../memory/sealed-signature.ts';
import { noTokens } from '../metering/usage.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';
import { openaiResponses } from './dialect.ts';

const writing: WriterOptions = { requestId: 'r', model: 'm', streamUsage: true, createdAt: 7 };
const sealed = seal({ family: 'anthropic', model: 'up', kind: 'text', value: 'S' });

function written(events: readonly ChatEvent[], options: Partial<WriterOptions> = {}): JsonObject[] {
  const writer = openaiResponses.newWriter({ ...writing, ...options });
  return events.flatMap((event) => writer.write(event)).map(({ event, data }) => {
    const body = parseJson(data);
    if (!isObject(body) || body['type'] !== event) throw new Error(`${event} ${data}`);
    return body;
  });
}

const start: ChatEvent = { type: 'answer-start', id: 'msg_1', model: 'up', created: 0 };
const part = (index: number, given: Part, ...pieces: string[]): ChatEvent[] => [
  { type: 'part-start', index, part: given }, ...pieces.map((piece): ChatEvent => ({ type: given.kind === 'tool-call' ? 'arguments-delta' : 'text-delta', index, text: piece })),
];
const end = (index: number): ChatEvent => ({ type: 'part-end', index });
const call = (id: string, name: string): Part => ({ kind: 'tool-call', id, name, arguments: '' });
const finish: ChatEvent[] = [{ type: 'answer-finish', reason: 'stop' }, { type: 'answer-end' }];

/** Dialects 8. */
const example: ChatEvent[] = [
  start, ...part(0, { kind: 'reasoning', text: '' }, 'R1 ', 'R2'), { type: 'signature-delta', index: 0, signature: sealed }, end(0), ...part(1, { kind: 'text', text: '' }, 'Hi'), end(1),
  ...part(2, call('t1', 'a'), '{"x":', '1}'), end(2), ...part(3, call('t2', 'b')), end(3),
  { type: 'usage-report', tokens: { ...noTokens, input: 100, cacheRead: 40, cacheWrite: 10, output: 30 } }, { type: 'answer-finish', reason: 'tool_calls' }, { type: 'answer-end' },
];
const output = [
  { id: 'rs_1_0', type: 'reasoning', summary: [{ type: 'summary_text', text: 'R1 R2' }], encrypted_content: sealed },
  { id: 'msg_1_1', type: 'message', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs: [] }] },
  { id: 'fc_1_2', type: 'function_call', status: 'completed', call_id: 't1', name: 'a', arguments: '{"x":1}' },
  { id: 'fc_1_3', type: 'function_call', status: 'completed', call_id: 't2', name: 'b', arguments: '{}' },
];

describe('the worked example', () => {
  it('reaches a client as the contract shows', () => {
    const events = written(example);
    expect(events.map((event) => text(event['type'])?.replace('response.', ''))).toEqual([
      'created', 'in_progress', 'output_item.added', 'reasoning_summary_part.added', 'reasoning_summary_text.delta', 'reasoning_summary_text.delta', 'reasoning_summary_text.done',
      'reasoning_summary_part.done', 'output_item.done', 'output_item.added', 'content_part.added', 'output_text.delta', 'output_text.done', 'content_part.done', 'output_item.done',
      'output_item.added', 'function_call_arguments.delta', 'function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done',
      'output_item.added', 'function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done', 'completed',
    ]);
    expect(events.at(-1)).toMatchObject({ sequence_number: 24, response: {
      id: 'resp_1', object: 'response', created_at: 7, status: 'completed', model: 'm', output,
      usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 }, output_tokens: 30, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 130 },
    } });
  });

  it('is the same object without streaming', () => {
    expect(openaiResponses.writeAnswer(example, writing)).toEqual(member(written(example).at(-1), 'response'));
  });

  it('has no signature where the client did not ask for it', () => {
    const silent = JSON.stringify(written(example, { dropSignatures: true }));
    expect(silent).toContain('R1 R2');
    expect(silent).not.toContain('encrypted_content');
    const redacted = [start, ...part(0, { kind: 'reasoning', text: '', redacted: sealed }), end(0), ...finish];
    expect(written(redacted, { dropSignatures: true })).toHaveLength(3);
    expect(member(written(redacted).at(-1), 'response')).toMatchObject({ output: [{ type: 'reasoning', summary: [], encrypted_content: sealed }] });
  });

  it('repeats what was asked', () => {
    const echo = { instructions: 'i', tools: [{ type: 'function', name: 'f' }], reasoning: { effort: 'low' }, temperature: 0.5, metadata: { a: 'b' }, text: { verbosity: 'low' } };
    expect(written(example, { echo })[0]).toMatchObject({ response: { ...echo, status: 'in_progress', output: [], usage: null, reasoning: { effort: 'low', summary: null }, text: { format: { type: 'text' }, verbosity: 'low' } } });
  });
});

describe('the end of an answer', () => {
  it.each([
    { reason: 'stop', status: 'completed', details: null }, { reason: 'pause', status: 'completed', details: null }, { reason: 'length', status: 'incomplete', details: { reason: 'max_output_tokens' } },
    { reason: 'context_window', status: 'incomplete', details: { reason: 'max_output_tokens' } }, { reason: 'content_filter', status: 'incomplete', details: { reason: 'content_filter' } },
  ] as const)('$reason is $status', ({ reason, status, details }) => {
    expect(written([start, { type: 'answer-finish', reason }, { type: 'answer-end' }]).at(-1)).toMatchObject({ type: `response.${status}`, response: { status, incomplete_details: details, output: [] } });
  });

  it('is a failure that tells what came before, in both forms', () => {
    const writer = openaiResponses.newWriter(writing);
    const before = example.slice(0, 8).flatMap((event) => writer.write(event)).length;
    const [error, failed] = writer.fail?.(new Failure('answer_cut')) ?? [];
    expect(parseJson(error?.data ?? '')).toEqual({
      type: 'error', sequence_number: before, code: 'answer_cut', message: 'The answer broke off. (request id: r)', param: null,
      error: { type: 'upstream_error', code: 'answer_cut', message: 'The answer broke off. (request id: r)', param: null },
    });
    expect(parseJson(failed?.data ?? '')).toMatchObject({ type: 'response.failed', sequence_number: before + 1, response: { id: 'resp_1', status: 'failed', error: { code: 'server_error' }, output: [{ type: 'reasoning' }, { type: 'message', status: 'incomplete' }] } });
  });

  it('is a failure also where nothing is known of the answer', () => {
    const [error, failed] = openaiResponses.renderStreamFailure(new Failure('bad_response_status_code', { status: 429 }), 'r');
    expect([error?.event, failed?.event]).toEqual(['error', 'response.failed']);
    expect(failed?.data).toContain('"rate_limit_exceeded"');
  });
});

describe('messages and calls', () => {
  it('keeps neighbouring texts in one part, and a refusal beside them', () => {
    const events = written([start, ...part(0, { kind: 'text', text: '' }, 'a'), end(0), ...part(1, { kind: 'text', text: '' }, 'b'), end(1), ...part(2, { kind: 'refusal', text: '' }, 'no'), end(2), ...finish]);
    expect(member(events.at(-1), 'response')).toMatchObject({ output: [{ type: 'message', content: [{ type: 'output_text', text: 'ab' }, { type: 'refusal', refusal: 'no' }] }] });
    expect(events.filter((event) => event['type'] === 'response.refusal.delta')).toMatchObject([{ content_index: 1, delta: 'no' }]);
  });

  it('begins another message behind a call, and none for an empty text', () => {
    const events = written([start, ...part(0, { kind: 'text', text: '' }), end(0), ...part(1, call('A', 'f'), '{}'), ...part(2, { kind: 'text', text: '' }, 'late'), end(1), end(2), ...finish]);
    expect(member(events.at(-1), 'response')).toMatchObject({ output: [{ type: 'function_call' }, { type: 'message', content: [{ text: 'late' }] }] });
  });

  /** What strict clients rely on (dialects 6.8). */
  it('numbers and names everything as strict clients want it, whatever comes', () => {
    const step = fc.oneof(
      fc.record({ index: fc.nat(4), kind: fc.constantFrom('text' as const, 'refusal' as const, 'reasoning' as const, 'tool-call' as const) }), fc.record({ index: fc.nat(4), piece: fc.string() }),
      fc.record({ index: fc.nat(4), signature: fc.string({ minLength: 1 }) }), fc.record({ index: fc.nat(4), ends: fc.constant(true) }),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const begun = new Set<number>();
      const events = steps.flatMap((each): ChatEvent[] => {
        const { index } = each;
        if ('kind' in each) return begun.has(index) || !begun.add(index) ? [] : [{ type: 'part-start', index, part: each.kind === 'tool-call' ? call(`c${index}`, 'f') : { kind: each.kind, text: '' } }];
        if ('piece' in each) return [{ type: 'text-delta', index, text: each.piece }, { type: 'arguments-delta', index, text: each.piece }];
        return 'signature' in each ? [{ type: 'signature-delta', index, signature: each.signature }] : [end(index)];
      });
      const sent = written([start, ...events, ...finish]);
      expect(sent.map((event) => event['sequence_number'])).toEqual(sent.map((_, index) => index));
      const of = (type: string) => sent.filter((event) => event['type'] === `response.output_item.${type}`);
      expect(of('added').map((event) => event['output_index'])).toEqual(of('added').map((_, index) => index));
      expect(new Set(of('done').map((event) => event['output_index'])).size).toBe(of('added').length);
      const last = list(member(member(sent.at(-1), 'response'), 'output'));
      for (const event of of('done')) expect(last[Number(event['output_index'])]).toEqual(event['item']);
      for (const event of sent.filter((each) => each['item_id'] !== undefined)) expect(member(last[Number(event['output_index'])], 'id')).toBe(event['item_id']);
      const deltas = (index: number, type: string) => sent.filter((event) => event['output_index'] === index && event['type'] === type).map((event) => text(event['delta']) ?? '').join('');
      for (const [index, item] of last.entries()) {
        if (member(item, 'type') === 'function_call') expect(deltas(index, 'response.function_call_arguments.delta')).toBe(member(item, 'arguments'));
        const said = list(member(item, 'content')).map((each) => text(member(each, 'text')) ?? '').join('');
        if (member(item, 'type') === 'message') expect(deltas(index, 'response.output_text.delta')).toBe(said);
      }
    }), { numRuns: 300 });
  });
});

describe('calls of custom tools', () => {
  const echo = { tools: [{ type: 'custom', name: 'c' }, { type: 'function', name: 'f' }] };
  const run = (...pieces: string[]) => written([start, ...part(0, call('A', 'c'), ...pieces), end(0), ...part(1, call('B', 'f'), '{}'), end(1), ...finish], { echo });

  it('are told as free text while it arrives, whatever it is and however it is cut', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(60), { maxLength: 6 }), fc.boolean(), (said, places, ascii) => {
      const json = JSON.stringify({ input: said });
      const args = ascii ? json.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
      const cuts = [0, ...places.toSorted((a, b) => a - b), args.length];
      const sent = run(...cuts.slice(1).map((place, index) => args.slice(cuts[index], place)));
      expect(member(sent.at(-1), 'response')).toMatchObject({ output: [{ id: 'ctc_1_0', type: 'custom_tool_call', call_id: 'A', name: 'c', input: said }, { type: 'function_call' }] });
      const deltas = sent.filter((event) => event['type'] === 'response.custom_tool_call_input.delta').map((event) => text(event['delta']) ?? '');
      expect(deltas.join('')).toBe(said);
      expect(deltas.filter((delta) => /\p{Cs}/u.test(delta))).toEqual([]);
    }), { numRuns: 300 });
  });

  it('are told before they are whole', () => {
    expect(run('{"input":"one', ' two"}').filter((event) => event['type'] === 'response.custom_tool_call_input.delta').map((event) => event['delta'])).toEqual(['one', ' two']);
  });

  it.each([{ args: 'plain words', input: 'plain words' }, { args: '', input: '' }, { args: '{"input":"cut', input: 'cut' }, { args: '{"other":1}', input: '{"other":1}' }])('take $args for $input', ({ args, input }) => {
    expect(member(run(args).at(-1), 'response')).toMatchObject({ output: [{ type: 'custom_tool_call', input }, {}] });
  });
});

describe('what upstreams send', () => {
  const head = { id: 'resp_9', object: 'response', created_at: 5, model: 'gpt-5.1' };
  const usage = { input_tokens: 3, input_tokens_details: { cached_tokens: 1 }, output_tokens: 2, output_tokens_details: { reasoning_tokens: 1 }, total_tokens: 5 };
  const created = { type: 'response.created', response: { ...head, status: 'in_progress', error: null, output: [], usage: null } };
  const completed = (items: Json[] = [], more: JsonObject = {}): JsonObject => ({ type: 'response.completed', response: { ...head, status: 'completed', error: null, output: items, usage, ...more } });
  const added = (output_index: number, item: JsonObject): JsonObject => ({ type: 'response.output_item.added', output_index, item });
  const read = (...events: JsonObject[]) => {
    const reader = openaiResponses.newReader();
    return [...events.flatMap((event) => reader.read({ event: undefined, data: JSON.stringify(event) })), ...reader.end()];
  };
  const message = { id: 'm1', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] };
  const thought = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'one' }, { type: 'summary_text', text: 'two' }], encrypted_content: 'ENC' };

  it('takes items that only the last event knows', () => {
    expect(wholeAnswer(read(created, completed([thought, message])))).toMatchObject({ start: { id: 'resp_9', created: 5 }, parts: [{ kind: 'reasoning', text: 'one\n\ntwo' }, { kind: 'text', text: 'Hello' }], tokens: { input: 3, cacheRead: 1, output: 2, reasoning: 1 } });
  });

  it('says nothing twice, also where ids change on the way', () => {
    const events = read(created, added(0, { ...message, content: [] }), { type: 'response.output_text.delta', output_index: 0, content_index: 0, item_id: 'other', delta: 'Hel' }, { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hello' }, { type: 'response.output_item.done', output_index: 0, item: { ...message, id: 'm2' } }, completed([{ ...message, id: 'm3' }]));
    expect(wholeAnswer(events).parts).toEqual([{ kind: 'text', text: 'Hello' }]);
  });

  it('seals what belongs to the provider together with the item that it is bound to', () => {
    const [part] = wholeAnswer(read(created, completed([thought]))).parts;
    expect(unseal(part?.kind === 'reasoning' ? part.signature ?? '' : '')).toEqual({ family: 'openai', model: 'gpt-5.1', kind: 'text', value: 'ENC', item: 'rs_1' });
  });

  it.each<{ name: string; event: JsonObject; kind: string }>([
    { name: 'a flat error', event: { type: 'error', code: 'server_error', message: 'No', param: null }, kind: 'server_error' }, { name: 'a nested error', event: { type: 'error', error: { type: 'x', code: 'slow', message: 'No' } }, kind: 'slow' },
    { name: 'a failed response', event: { type: 'response.failed', response: { ...head, status: 'failed', error: { code: 'bad', message: 'No' } } }, kind: 'bad' },
  ])('knows $name', ({ event, kind }) => expect(read(created, event).slice(1)).toEqual([{ type: 'answer-failure', message: 'No', kind }, { type: 'answer-end' }]));

  it('says that it broke off where the last event is missing', () => {
    expect(read(created, added(0, message)).at(-2)).toMatchObject({ type: 'answer-failure' });
    expect(openaiResponses.readAnswer({ ...head, status: 'failed', error: { code: 'x', message: 'No' }, output: [] })).toMatchObject([{ type: 'answer-failure' }, { type: 'answer-end' }]);
  });

  it('keeps refusals, and ends as the reason says', () => {
    const events = read(created, added(0, { type: 'message' }), { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'I will not' }, { type: 'response.incomplete', response: { ...head, status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [], usage } });
    expect(wholeAnswer(events)).toMatchObject({ parts: [{ kind: 'refusal', text: 'I will not' }], finish: { reason: 'content_filter' } });
  });

  it('reaches clients of other dialects with thoughts, calls and usage', () => {
    const body = Buffer.from(JSON.stringify({ ...head, status: 'completed', error: null, output: [thought, message, { id: 'fc', type: 'function_call', call_id: 'call_1', name: 'f', arguments: '' }], usage }));
    const route = { from: openaiResponses, reading: {}, writing };
    const parsed = (sent: string | Failure): unknown => (sent instanceof Failure ? sent : parseJson(sent));
    const signature = seal({ family: 'openai', model: 'gpt-5.1', kind: 'text', value: 'ENC', item: 'rs_1' });
    expect(parsed(convertBody(body, { ...route, to: openaiChat }))).toMatchObject({ id: 'chatcmpl-9', choices: [{ finish_reason: 'tool_calls', message: { content: 'Hello', reasoning_content: 'one\n\ntwo', reasoning_details: [{ signature }], tool_calls: [{ id: 'call_1', function: { arguments: '{}' } }] } }], usage: { prompt_tokens: 3, completion_tokens: 2 } });
    expect(parsed(convertBody(body, { ...route, to: anthropicMessages }))).toMatchObject({ id: 'msg_9', stop_reason: 'tool_use', content: [{ type: 'thinking', thinking: 'one\n\ntwo', signature }, { type: 'text', text: 'Hello' }, { type: 'tool_use', id: 'call_1', input: {} }], usage: { input_tokens: 2, cache_read_input_tokens: 1, output_tokens: 2 } });
  });

  it('gives tools back their names', () => {
    const conversion = new StreamConversion({ from: openaiChat, to: openaiResponses, reading: {}, writing: { ...writing, toolNames: new Map([['short', 'a long.name']]) } });
    const pieces = conversion.push(Buffer.from('data: {"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"A","function":{"name":"short","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'));
    const sent = pieces instanceof Failure ? '' : pieces.join('');
    expect(sent).toContain('"name":"a long.name"');
    expect(sent).not.toContain('"short"');
  });
});
