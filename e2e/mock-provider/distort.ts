/** Orders that change what an answer says. Those that change how it travels are in delivery.ts. */
import type { Answer, DialectName, JsonObject } from './answer.ts';
import { type Orders } from './orders.ts';
import { usageObject, usagesIn } from './usage.ts';

export function errorBody(dialect: DialectName, status: number, message: string): JsonObject {
  const type = status === 429 ? 'rate_limit_error' : status < 500 ? 'invalid_request_error' : 'api_error';
  if (dialect === 'anthropic-messages') return { type: 'error', error: { type, message } };
  if (dialect === 'gemini') return { error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL' } };
  return { error: { message, type, param: null, code: status === 429 ? 'rate_limit_exceeded' : null } };
}

function failEvent(dialect: DialectName): JsonObject {
  const body = errorBody(dialect, 500, 'The model broke down.');
  return dialect === 'openai-responses' ? { type: 'error', ...body } : body;
}

function withUsage(payload: JsonObject, change: (usage: JsonObject) => JsonObject | undefined): JsonObject {
  if (usagesIn(payload).length === 0) return payload;
  const copy = structuredClone(payload);
  for (const owner of [copy, copy.message as JsonObject | undefined, copy.response as JsonObject | undefined]) {
    const name = owner?.usageMetadata ? 'usageMetadata' : 'usage';
    if (!owner?.[name]) continue;
    const usage = change(owner[name] as JsonObject);
    if (usage) owner[name] = usage;
    else delete owner[name];
  }
  return copy;
}

function textDelta(dialect: DialectName, text: string): JsonObject {
  if (dialect === 'openai-responses') return { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: text };
  if (dialect === 'gemini') return { candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] };
  return dialect === 'openai-chat'
    ? { id: 'chatcmpl-echo', object: 'chat.completion.chunk', created: 0, model: 'huge', choices: [{ index: 0, delta: { content: text }, finish_reason: null }] }
    : { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
}

const isBareUsage = (event: JsonObject): boolean => Array.isArray(event.choices) && event.choices.length === 0 && usagesIn(event).length === 0;

function changeUsage(dialect: DialectName, payloads: JsonObject[], orders: Orders): JsonObject[] {
  if (orders.has('no-usage')) {
    return payloads.map((payload) => withUsage(payload, () => undefined)).filter((event) => !isBareUsage(event));
  }
  if (orders.has('zero-usage')) return payloads.map((payload) => withUsage(payload, () => usageObject(dialect, { input: 0, output: 0, cached: 0 })));
  if (orders.has('absurd-usage')) return payloads.map((payload) => withUsage(payload, () => usageObject(dialect, { input: -5, output: 9e15, cached: 0 })));
  return orders.has('usage-twice') ? payloads.flatMap((payload) => (payload.usage ? [payload, payload] : [payload])) : payloads;
}

function changeEvents(dialect: DialectName, events: JsonObject[], orders: Orders): JsonObject[] {
  const huge = orders.get('huge-frame'), failAfter = orders.get('error-in-stream');
  const changed = huge === undefined ? events : events.toSpliced(3, 0, textDelta(dialect, 'x'.repeat(huge)));
  if (orders.has('empty-stream')) return [];
  return failAfter === undefined ? changed : [...changed.slice(0, failAfter), failEvent(dialect)];
}

export function distort(dialect: DialectName, answer: Answer, orders: Orders): Answer {
  const events = changeEvents(dialect, changeUsage(dialect, answer.events, orders), orders);
  const body = orders.has('ok-status-error-body') ? errorBody(dialect, 500, 'Not really a success.') : changeUsage(dialect, [answer.body], orders)[0]!;
  return { events, body };
}
