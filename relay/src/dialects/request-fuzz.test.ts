/**
 * Requests of each dialect, cut at every offset and with any value in any place, on their way to every other one: what is wrong is a
 * failure that names it, and nothing throws. Bounded: the seeds change, the count does not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { Json, JsonObject } from './chat-event.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { isObject } from './json-member.ts';
import { parseLossless } from './lossless-json.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';

const png = 'iVBORw0KGgo=', schema = { type: 'object', properties: { a: { type: 'string', minLength: 1 }, b: { type: 'array', items: { $ref: '#/$defs/c' } } }, required: ['a'], $defs: { c: { type: ['integer', 'null'] } } };

/** With something of nearly everything that the dialect knows. */
const asked: readonly { dialect: Dialect; body: JsonObject }[] = [
  {
    dialect: openaiChat, body: {
      model: 'm', stream: true, stream_options: { include_usage: true }, max_tokens: 9, temperature: 0.5, stop: ['a'], n: 1, seed: 3, logit_bias: { 5: 1 }, reasoning_effort: 'low', user: 'u', verbosity: 'low', parallel_tool_calls: false,
      tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: schema, strict: true } }, { type: 'custom', custom: { name: 'c', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } } }], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] } },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema } }, web_search_options: { user_location: { type: 'approximate', approximate: { city: 'Oslo' } } },
      messages: [
        { role: 'system', content: 's' }, { role: 'user', name: 'n', content: [{ type: 'text', text: 't' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${png}`, detail: 'low' } }, { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${png}` } }] },
        { role: 'assistant', content: null, reasoning_content: 'r', reasoning_details: [{ type: 'reasoning.text', text: 'r', signature: 's' }], tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' }, extra_content: { google: { thought_signature: 'x' } } }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'done' }, { role: 'assistant', content: 'x', refusal: null }, { role: 'user', content: 'y' },
      ],
    },
  },
  {
    dialect: openaiResponses, body: {
      model: 'm', stream: true, instructions: 'i', max_output_tokens: 99, temperature: 1, top_p: 1, store: false, include: ['reasoning.encrypted_content'], reasoning: { effort: 'low', summary: 'auto' }, text: { format: { type: 'json_schema', name: 'n', schema }, verbosity: 'low' }, tool_choice: { type: 'function', name: 'f' },
      tools: [{ type: 'function', name: 'f', parameters: schema, strict: null }, { type: 'custom', name: 'c' }, { type: 'namespace', name: 'ns', tools: [{ type: 'function', name: 'g' }] }, { type: 'web_search', filters: { allowed_domains: ['a.test'] } }],
      input: [
        { role: 'developer', content: 'd' }, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 't' }, { type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'auto' }, { type: 'input_file', filename: 'a', file_data: `data:text/plain;base64,${png}` }] },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'r' }], encrypted_content: 'e' }, { type: 'web_search_call', id: 'ws_1', status: 'completed' }, { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' }, { type: 'custom_tool_call', call_id: 'call_2', name: 'c', input: 'x' },
        { type: 'function_call_output', call_id: 'call_1', output: [{ type: 'input_text', text: 'o' }] }, { type: 'custom_tool_call_output', call_id: 'call_2', output: 'o' }, { role: 'assistant', content: [{ type: 'output_text', text: 'a', annotations: [] }, { type: 'refusal', refusal: 'no' }] }, { role: 'user', content: 'y' },
      ],
    },
  },
  {
    dialect: anthropicMessages, body: {
      model: 'm', stream: true, max_tokens: 9_000, temperature: 1, top_k: 5, stop_sequences: ['a'], metadata: { user_id: 'u' }, thinking: { type: 'enabled', budget_tokens: 2_000 }, output_config: { effort: 'low', format: { type: 'json_schema', schema } }, system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      tools: [{ name: 'f', description: 'd', input_schema: schema, cache_control: { type: 'ephemeral' } }, { type: 'web_search_20250305', name: 'web_search', max_uses: 1 }], tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
      messages: [
        { role: 'user', content: [{ type: 'text', text: 't' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }, { type: 'document', title: 'T', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } }, { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x' }] }] },
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'r', signature: 's' }, { type: 'redacted_thinking', data: 'd' }, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, { type: 'text', text: 'x', citations: [] }, { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: [{ type: 'text', text: 'o' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }] }, { type: 'text', text: 'y' }] },
      ],
    },
  },
  {
    dialect: gemini, body: {
      systemInstruction: { parts: [{ text: 's' }] }, safetySettings: [], labels: {}, toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f', 'g'] } },
      tools: [{ functionDeclarations: [{ name: 'f', description: 'd', parameters: { type: 'OBJECT', nullable: true, properties: { a: { type: 'STRING', minLength: '1' }, b: { type: 'ARRAY', items: { type: 'INTEGER' } } } } }, { name: 'g', parametersJsonSchema: schema }] }, { google_search: {} }],
      generationConfig: { maxOutputTokens: 9, temperature: 1, topK: 4, stop_sequences: ['a'], candidateCount: 1, responseMimeType: 'application/json', responseSchema: { type: 'OBJECT', anyOf: [{ type: 'STRING' }] }, thinkingConfig: { includeThoughts: true, thinkingBudget: 512 }, speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'v' } } } },
      contents: [
        { role: 'user', parts: [{ text: 't' }, { inlineData: { mimeType: 'image/png', data: png } }, { inlineData: { mimeType: 'application/pdf', data: png } }] },
        { role: 'model', parts: [{ text: 'r', thought: true, thoughtSignature: 'x' }, { text: 'a', thoughtSignature: 'x' }, { functionCall: { name: 'f', args: { a: 'b' } }, thoughtSignature: 'x' }, { executableCode: { language: 'PYTHON', code: 'x' } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'f', response: { result: 'o' }, parts: [{ inlineData: { mimeType: 'image/png', data: png } }] } }, { text: 'y' }] },
      ],
    },
  },
];

const address = { path: '/v1beta/models/m:streamGenerateContent', query: 'alt=sse' };

/** Every place in it, as a list of keys. */
const placesIn = (value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => {
  const inner = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : isObject(value) ? Object.entries(value) : [];
  return [...(path.length ? [path] : []), ...inner.flatMap(([key, each]) => placesIn(each, [...path, key]))];
};

function replaced(value: Json, [key, ...rest]: readonly (string | number)[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (Array.isArray(value)) return value.flatMap((each, index) => (index !== key ? [each] : rest.length === 0 && by === undefined ? [] : [replaced(each, rest, by)]));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]): [string, Json][] => (name !== key ? [[name, each]] : rest.length === 0 && by === undefined ? [] : [[name, replaced(each, rest, by)]])));
}

const anything: fc.Arbitrary<Json | undefined> = fc.constantFrom<Json | undefined>(undefined, null, true, false, 0, -1, 1e300, '', 'x', '\ud800', [], [null], [[]], {}, { type: 'text' }, { type: null, text: 5 }, [{ type: 'x' }], { __proto__: null, constructor: 1 });

/** Undefined: it became a request. */
function taken(from: Dialect, to: Dialect, bytes: Buffer): Failure | undefined {
  const facts = from.scan(bytes, address);
  if (facts instanceof Failure) return facts;
  const parsed = parseLossless(bytes.toString('utf8'));
  const request = parsed === undefined ? new Failure('bad_request_body') : from.readRequest(parsed, { model: 'm', stream: true });
  if (request instanceof Failure) return request;
  const sent = to.writeRequest({ ...request, model: 'claude-sonnet-4-5' }, { warn: () => undefined, step: () => undefined });
  if (sent instanceof Failure) return sent;
  expect(JSON.parse(JSON.stringify(sent))).toBeTypeOf('object');
  return undefined;
}

describe.each(asked)('a request of $dialect.name', ({ dialect, body }) => {
  const bytes = Buffer.from(JSON.stringify(body)), places = placesIn(body);

  it('cut at every offset is refused, and says that it is no JSON', () => {
    for (let at = 0; at < bytes.length; at++) {
      const facts = dialect.scan(bytes.subarray(0, at), address);
      if (!(facts instanceof Failure) || facts.code !== 'bad_request_body') expect(`${at}: ${JSON.stringify(facts)}`).toBe('refused');
    }
  });

  it.each(asked.filter((other) => other.dialect !== dialect).map((other) => ({ to: other.dialect, name: other.dialect.name })))('with anything in any place is taken by $name, or refused by name', ({ to }) => {
    expect(taken(dialect, to, bytes)).toBeUndefined();
    const edits = fc.array(fc.record({ place: fc.constantFrom(...places), by: anything }), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(edits, (list) => {
      const changed = list.reduce((value, { place, by }) => replaced(value, place, by), body as Json);
      const failure = taken(dialect, to, Buffer.from(JSON.stringify(changed)));
      if (failure) expect([400, 404]).toContain(failure.status);
    }), { numRuns: 400 });
  });
});
