/** Whatever clients ask and upstreams say, no provider, codec or framing throws, and no answer has two ends. */
import { usualSwitches } from './parts/switches.ts';
import { usualModelSettings } from '../models/model-settings.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { Codec } from '../dialects/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { ThinkStep } from '../dialects/steps/think-step.ts';
import { Failure } from '../failure/failure.ts';
import { AwsEventStream } from '../framing/aws-event-stream.ts';
import { JsonLines } from '../framing/json-lines.ts';
import { MetaLines } from '../framing/meta-lines.ts';
import { noExtra } from '../snapshot/channel-extra.ts';
import { capabilitiesOf } from './parts/capabilities.ts';
import { readCredential } from './parts/credential-form.ts';
import { providers } from './index.gen.ts';
import type { Provider } from './provider.ts';
import { convertRequest } from './parts/request-conversion.ts';
import { below } from './parts/base-address.ts';

const all: readonly Provider[] = providers;
const codecs = [...new Set(all.flatMap((one) => one.speaks))];
/** Members that readers look for, holding anything. */
const names = [
  'choices', 'message', 'delta', 'content', 'text', 'tool_calls', 'function', 'arguments', 'usage', 'error', 'type', 'index', 'id', 'output', 'toolUse', 'reasoningContent', 'contentBlockIndex', 'stopReason',
  'Choices', 'Delta', 'Usage', 'Response', 'FinishReason', 'result', 'is_end', 'error_code', 'event', 'answer', 'data', 'outputs', 'metadata', 'header', 'payload', 'code', 'status', 'done', 'finish_reason', 'embeddings',
  'results', 'predictions', 'images', 'base_resp', 'candidates', 'tokens', 'input', 'prompt', 'size', 'model', 'n', 'documents', 'query',
];
const { json } = fc.letrec<{ json: Json; object: JsonObject }>((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, fc.constantFrom<Json>(null, true, 0, -1, 1e300, '', 'stop', 'text', '[DONE]', '1024x'), fc.string(), fc.array(tie('json'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...names), tie('json'), { maxKeys: 5 }),
}));
const object = json.map((value): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { content: value }));
const eventName = fc.constantFrom(undefined, 'messageStart', 'contentBlockStart', 'contentBlockDelta', 'messageStop', 'metadata', 'add', 'finish', 'conversation.message.delta', 'conversation.chat.completed', 'message-end', 'error');
const runs = { numRuns: 40 };

describe.each(codecs.map((codec: Codec) => ({ name: codec.name, codec })))('$name', ({ codec }) => {
  it('reads any events', () => fc.assert(fc.property(fc.array(fc.tuple(eventName, json), { maxLength: 6 }), (events) => {
    const reader = codec.newReader(), watch = codec.watch({ stream: true }), think = new ThinkStep();
    const told = [...events.flatMap(([event, data]) => reader.read({ event, data: JSON.stringify(data) })), ...reader.end()];
    expect(told.filter(({ type }) => type === 'answer-end').length).toBeLessThanOrEqual(1);
    told.flatMap((event) => think.push(event));
    for (const [event, data] of events) watch.see(Buffer.from(`${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`));
    watch.report();
  }), runs));

  it('reads any body, and any refusal', () => fc.assert(fc.property(json, fc.integer({ min: 200, max: 599 }), (body, status) => {
    codec.readAnswer(body);
    const watch = codec.watch({ stream: false }), bytes = Buffer.from(JSON.stringify(body));
    watch.see(bytes);
    watch.report();
    expect(codec.readFailure(status, bytes)).toBeInstanceOf(Failure);
  }), runs));
});

const question = fc.record({
  model: fc.constant('m'), messages: fc.array(fc.oneof(
    fc.record({ role: fc.constantFrom('user', 'system', 'assistant'), content: fc.oneof(fc.string(), fc.array(fc.record({ type: fc.constant('text'), text: fc.string() }), { maxLength: 2 })) }),
    fc.constant({ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] }),
  ), { minLength: 1, maxLength: 4 }),
  stop: fc.oneof(fc.constant(null), fc.array(fc.string(), { maxLength: 8 })), temperature: fc.constantFrom(0, 1, 2), reasoning_effort: fc.constantFrom('none', 'low', 'xhigh'),
  tools: fc.constantFrom([], [{ type: 'function', function: { name: 'f', parameters: {} } }]), response_format: fc.constantFrom(null, { type: 'json_object' }, { type: 'json_schema', json_schema: { name: 'n', schema: {} } }),
});

describe.each(all.map((one) => ({ name: one.name, one })))('$name', ({ one }) => {
  it('asks in some words, or refuses by a name', () => fc.assert(fc.property(question, fc.boolean(), (asked, stream) => {
    const body = Buffer.from(JSON.stringify({ ...asked, stream })), facts = openaiChat.scan(body);
    if (facts instanceof Failure) return;
    for (const to of one.speaks) {
      const made = convertRequest({ body, dialect: openaiChat, facts }, { provider: one, to, able: capabilitiesOf(one.able, 'm', noExtra), model: 'm', stream, models: usualModelSettings, switches: usualSwitches });
      if (made instanceof Failure) expect(made.status).toBe(400);
      else JSON.parse(made.body.toString());
    }
  }), { numRuns: 12 }));

  it('takes any answer at its endpoints', () => fc.assert(fc.property(object, object, (request, answer) => {
    for (const served of Object.values(one.serves ?? {})) {
      served.writeRequest?.(request);
      served.background?.next(answer);
      served.addresses?.(answer, request);
      served.readAnswer?.(answer, request, new Map());
    }
    const bytes = Buffer.from(JSON.stringify(answer));
    one.readFailure?.(200, bytes, openaiChat.readFailure(200, bytes));
  }), { numRuns: 25 }));

  it('takes any key', () => fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (key) => {
    const credential = readCredential(one, key);
    if (credential) one.authorize(credential, noExtra);
  }), { numRuns: 25 }));
});

describe('framings', () => {
  it.each([{ name: 'binary frames', make: () => new AwsEventStream() }, { name: 'lines', make: () => new JsonLines() }, { name: 'figures', make: () => new MetaLines() }])('$name of any bytes', ({ make }) =>
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), (pieces) => {
      const framing = make();
      for (const piece of pieces) framing.push(Buffer.from(piece));
      framing.end();
    }), { numRuns: 100 }));

  it('addresses of any form', () => fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string()), (base) => { below(base, '/v1/chat/completions?a=1'); }), { numRuns: 100 }));
});
