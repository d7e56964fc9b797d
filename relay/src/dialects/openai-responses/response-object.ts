import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, Json, JsonObject } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';

/** The members that every response has, with the request's own values where it gave any (dialects 6.8). */
export function responseHead(start: ChatEvent & { type: 'answer-start' }, options: WriterOptions): JsonObject {
  const { echo = {} } = options;
  const said = (name: string, usual: Json): Json => echo[name] ?? usual;
  return {
    id: answerId('resp_', start.id, options.requestId), object: 'response', created_at: start.created || (options.createdAt ?? 0), status: 'in_progress', completed_at: null,
    error: null, incomplete_details: null, instructions: said('instructions', null), max_output_tokens: said('max_output_tokens', null),
    model: options.model, output: [], parallel_tool_calls: said('parallel_tool_calls', true), previous_response_id: null,
    reasoning: { effort: null, summary: null, ...objectOf(echo['reasoning']) }, store: false, temperature: said('temperature', 1),
    text: { format: { type: 'text' }, ...objectOf(echo['text']) }, tool_choice: said('tool_choice', 'auto'), tools: said('tools', []), top_p: said('top_p', 1),
    truncation: 'disabled', usage: null, user: said('user', null), metadata: said('metadata', {}),
  };
}

const objectOf = (value: Json | undefined): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});

/** Ids of items: their own prefix, the body of the response's id, and their place (dialects 4.3). */
export const itemId = (prefix: 'msg_' | 'rs_' | 'fc_' | 'ctc_' | 'ig_' | 'ws_', response: JsonObject, index: number): string =>
  `${prefix}${typeof response['id'] === 'string' ? response['id'].replace(/^resp_/, '') : ''}_${index}`;

/** Items as they stand when they are whole. */
export const messageItem = (id: string, content: JsonObject[]): JsonObject => ({ id, type: 'message', status: 'completed', role: 'assistant', content });

export const callItem = (id: string, call: { id: string; name: string; namespace?: string }, args: string): JsonObject => ({
  id, type: 'function_call', status: 'completed', call_id: call.id, name: call.name, ...(call.namespace === undefined ? {} : { namespace: call.namespace }), arguments: args,
});

export const customItem = (id: string, call: { id: string; name: string }, input: string): JsonObject =>
  ({ id, type: 'custom_tool_call', status: 'completed', call_id: call.id, name: call.name, input });

export const reasoningItem = (id: string, text: string, encrypted: string | undefined): JsonObject => ({
  id, type: 'reasoning', summary: text === '' ? [] : [{ type: 'summary_text', text }], ...(encrypted === undefined ? {} : { encrypted_content: encrypted }),
});

export const textPart = (text: string, annotations: JsonObject[] = [], logprobs: JsonObject[] = []): JsonObject => ({ type: 'output_text', text, annotations, logprobs });
export const refusalPart = (refusal: string): JsonObject => ({ type: 'refusal', refusal });
