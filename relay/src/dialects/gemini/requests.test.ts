/** Requests of and to Gemini, as the other dialects say them (dialects 5.4, 7). */
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { anthropicMessages } from '../anthropic-messages/dialect.ts';
import type { JsonObject } from '../chat-event.ts';
import type { Dialect } from '../dialect.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { openaiResponses } from '../openai-responses/dialect.ts';
import { seal } from '../memory/sealed-signature.ts';
import { gemini } from './dialect.ts';

interface Converted { sent?: JsonObject; warnings?: string[]; param?: string | undefined }

function convert(from: Dialect, to: Dialect, body: JsonObject, model = 'gemini-3-pro'): Converted {
  const request = from.readRequest(body, { model, stream: false });
  if (request instanceof Failure) return { param: request.details.param };
  const warnings = [...(request.losses ?? [])];
  const sent = to.writeRequest({ ...request, model }, { warn: (loss) => warnings.push(loss) });
  return sent instanceof Failure ? { param: sent.details.param } : { sent, warnings };
}

const png = 'iVBORw0KGgo=';
const schema = { type: 'object', properties: { a: { type: 'string' } } };
const ask = { role: 'user', content: 'hi' };
const user = { role: 'user', parts: [{ text: 'hi' }] };

describe('openai-chat to gemini', () => {
  const to = (body: JsonObject, model?: string) => convert(openaiChat, gemini, { model: 'm', messages: [ask], ...body }, model);
  const call = (id: string, name: string, args = '{}', more: JsonObject = {}): JsonObject => ({ id, type: 'function', function: { name, arguments: args }, ...more });

  it.each<{ name: string; given: JsonObject; sent: JsonObject; warnings?: string[]; model?: string }>([
    { name: 'a question', given: {}, sent: {} },
    { name: 'instructions', given: { messages: [{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, ask] }, sent: { systemInstruction: { parts: [{ text: 'a' }, { text: 'b' }] } } },
    { name: 'instructions in between stay in between', given: { messages: [ask, { role: 'system', content: 'b' }] }, sent: { contents: [{ role: 'user', parts: [{ text: 'hi' }, { text: 'System: b' }] }] }, warnings: ['system_inlined'] },
    { name: 'an image', given: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }] }] }, sent: { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: png } }] }] } },
    { name: 'a video', given: { messages: [{ role: 'user', content: [{ type: 'video_url', video_url: { url: 'data:video/mp4;base64,AAAA' } }] }] }, sent: { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }] }] } },
    { name: 'sound', given: { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }] }] }, sent: { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'audio/mpeg', data: 'AAAA' } }] }] } },
    {
      name: 'sampling', given: { max_completion_tokens: 9, max_tokens: 5, temperature: 0.5, top_p: 0.9, top_k: 3, seed: 7, presence_penalty: 1, frequency_penalty: 2, stop: ['a', 'b'] },
      sent: { generationConfig: { maxOutputTokens: 9, temperature: 0.5, topP: 0.9, topK: 3, stopSequences: ['a', 'b'], seed: 7, presencePenalty: 1, frequencyPenalty: 2 } },
    },
    { name: 'five stops', given: { stop: ['1', '2', '3', '4', '5', '6'] }, sent: { generationConfig: { stopSequences: ['1', '2', '3', '4', '5'] } }, warnings: ['clamped:stop'] },
    { name: 'what has no place', given: { logit_bias: { 1: 2 }, min_p: 0.1 }, sent: {}, warnings: ['dropped:logit_bias', 'dropped:min_p'] },
    { name: 'an effort as a level', given: { reasoning_effort: 'low' }, sent: { generationConfig: { thinkingConfig: { thinkingLevel: 'low', includeThoughts: true } } } },
    { name: 'an effort that pro models lack', given: { reasoning_effort: 'medium' }, sent: { generationConfig: { thinkingConfig: { thinkingLevel: 'high', includeThoughts: true } } } },
    { name: 'an effort as a budget', given: { reasoning_effort: 'low' }, model: 'gemini-2.5-flash', sent: { generationConfig: { thinkingConfig: { thinkingBudget: 4915, includeThoughts: true } } } },
    { name: 'no thoughts', given: { reasoning_effort: 'none' }, model: 'gemini-2.5-flash', sent: { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } } },
    { name: 'no thoughts where they cannot be off', given: { reasoning_effort: 'none' }, model: 'gemini-2.5-pro', sent: { generationConfig: { thinkingConfig: { thinkingBudget: 128 } } } },
    { name: 'nothing about thoughts to a model without', given: { reasoning_effort: 'high' }, model: 'gemini-2.0-flash', sent: {} },
    { name: 'a schema', given: { response_format: { type: 'json_schema', json_schema: { name: 'n', schema } } }, sent: { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema } } },
    { name: 'a schema for an older model', model: 'gemini-1.5-pro', given: { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { ...schema, additionalProperties: false, $schema: 'x' } } } }, sent: { generationConfig: { responseMimeType: 'application/json', responseSchema: schema } } },
    { name: 'any JSON', given: { response_format: { type: 'json_object' } }, sent: { generationConfig: { responseMimeType: 'application/json' } } },
  ])('takes $name', ({ given, sent, warnings, model }) => expect(to(given, model)).toEqual({ sent: { contents: [user], ...sent }, warnings: warnings ?? [] }));

  const tools = [{ type: 'function', function: { name: 'f', description: 'd', parameters: schema } }];
  it.each<{ name: string; given: JsonObject; config: JsonObject | undefined }>([
    { name: 'auto', given: { tool_choice: 'auto' }, config: { mode: 'AUTO' } }, { name: 'none', given: { tool_choice: 'none' }, config: { mode: 'NONE' } },
    { name: 'required', given: { tool_choice: 'required' }, config: { mode: 'ANY' } },
    { name: 'one of them', given: { tool_choice: { type: 'function', function: { name: 'f' } } }, config: { mode: 'ANY', allowedFunctionNames: ['f'] } },
    { name: 'nothing', given: {}, config: undefined },
  ])('takes tools and a choice of $name', ({ given, config }) => {
    expect(to({ tools, ...given })).toEqual({
      sent: { contents: [user], tools: [{ functionDeclarations: [{ name: 'f', description: 'd', parametersJsonSchema: schema }] }], ...(config ? { toolConfig: { functionCallingConfig: config } } : {}) }, warnings: [],
    });
  });

  it('asks in words for a schema that an older model refuses beside tools', () => {
    const { sent, warnings } = to({ tools, response_format: { type: 'json_schema', json_schema: { name: 'n', schema } } }, 'gemini-2.5-pro');
    expect(sent?.['generationConfig']).toBeUndefined();
    expect(JSON.stringify(sent?.['systemInstruction'])).toContain('JSON Schema');
    expect(warnings).toEqual(['json_schema_instruction']);
  });

  it('groups the results of a step, in the order of its calls, with the names of the calls', () => {
    const messages: JsonObject[] = [ask, { role: 'assistant', content: null, tool_calls: [call('A', 'f', '{"n":12345678901234567890}'), call('B', 'g')] }, { role: 'tool', tool_call_id: 'B', content: '{"x":1}' }, { role: 'tool', tool_call_id: 'A', content: 'text' }, ask];
    expect(JSON.stringify(to({ messages }, 'gemini-2.5-pro').sent?.['contents'])).toBe(JSON.stringify([
      user, { role: 'model', parts: [{ functionCall: { id: 'A', name: 'f', args: { n: 0 } } }, { functionCall: { id: 'B', name: 'g', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { id: 'A', name: 'f', response: { result: 'text' } } }, { functionResponse: { id: 'B', name: 'g', response: { x: 1 } } }, { text: 'hi' }] },
    ]).replace('"n":0', '"n":12345678901234567890'));
  });

  it('returns signatures to their calls, and stands in for lost ones in the present turn only', () => {
    const step = (id: string, more: JsonObject = {}): JsonObject[] => [{ role: 'assistant', tool_calls: [call(id, 'f', '{}', more), call(`${id}2`, 'f')] }, { role: 'tool', tool_call_id: id, content: '1' }, { role: 'tool', tool_call_id: `${id}2`, content: '2' }];
    const messages = [ask, ...step('old'), { role: 'assistant', content: 'x' }, ask, ...step('A', { extra_content: { google: { thought_signature: 'S' } } }), ...step('B')];
    expect(JSON.stringify(to({ messages }).sent).match(/thoughtSignature":"[^"]+/g)).toEqual(['thoughtSignature":"S', 'thoughtSignature":"skip_thought_signature_validator']);
  });

  it.each<{ name: string; given: JsonObject; param: string }>([
    { name: 'an address that it cannot read', given: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i.png' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'a result without its call', given: { messages: [ask, { role: 'tool', tool_call_id: 'x', content: '' }] }, param: 'messages' },
  ])('refuses $name', ({ given, param }) => expect(to(given)).toEqual({ param }));
});

describe('anthropic-messages to gemini', () => {
  const to = (body: JsonObject, model?: string) => convert(anthropicMessages, gemini, { model: 'm', max_tokens: 10_000, messages: [ask], ...body }, model).sent;

  it('takes a budget, and a level by its share', () => {
    const thinking = { type: 'enabled', budget_tokens: 5_000 };
    expect(to({ thinking }, 'gemini-2.5-pro')).toMatchObject({ generationConfig: { thinkingConfig: { thinkingBudget: 5_000, includeThoughts: true } } });
    expect(to({ thinking }, 'gemini-3-flash')).toMatchObject({ generationConfig: { thinkingConfig: { thinkingLevel: 'medium', includeThoughts: true } } });
    expect(to({ thinking: { type: 'adaptive' } }, 'gemini-3-flash')).toMatchObject({ generationConfig: { thinkingConfig: { includeThoughts: true } } });
  });

  it('gives the signature of a call back that came in the thoughts before it, and drops those of others', () => {
    const thought = (signature: string): JsonObject => ({ type: 'thinking', thinking: 'hm', signature });
    const use = { type: 'tool_use', id: 'A', name: 'f', input: { x: 1 } };
    const history = (signature: string): JsonObject[] => [ask, { role: 'assistant', content: [thought(signature), use] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'A', content: 'no', is_error: true }] }];
    const own = seal({ family: 'google', model: 'gemini-3-pro-preview', kind: 'call', value: 'G' });
    expect(to({ messages: history(own) })).toMatchObject({ contents: [user, { role: 'model', parts: [{ functionCall: { id: 'A', name: 'f', args: { x: 1 } }, thoughtSignature: 'G' }] }, { role: 'user', parts: [{ functionResponse: { name: 'f', response: { error: 'no' } } }] }] });
    expect(JSON.stringify(to({ messages: history('native of anthropic') }))).not.toContain('native of');
  });
});

describe('gemini to others', () => {
  const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
  const to = (dialect: Dialect, body: JsonObject, model = 'gpt-5') => convert(gemini, dialect, { contents, ...body }, model);

  it('is known in both spellings, in any case, with a missing role, and with single values for lists', () => {
    const { sent } = to(openaiChat, {
      system_instruction: { parts: { text: 's' } }, contents: { parts: [{ text: 'a' }, { inline_data: { mime_type: 'image/jpg', data: '/9j/' } }] },
      generation_config: { max_output_tokens: 5, stop_sequences: ['x'], top_p: 0.5 }, tool_config: { function_calling_config: { mode: 'any' } }, tools: { function_declarations: [{ name: 'f' }] },
    });
    expect(sent).toMatchObject({
      messages: [{ role: 'system', content: 's' }, { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/' } }] }],
      max_tokens: 5, stop: ['x'], top_p: 0.5, tool_choice: 'required', tools: [{ type: 'function', function: { name: 'f' } }],
    });
  });

  it('numbers calls without ids and finds their results by name', () => {
    const calls: JsonObject[] = [{ functionCall: { name: 'f', args: { a: 1 } } }, { functionCall: { name: 'g' } }, { functionCall: { name: 'f' } }];
    const results: JsonObject[] = [{ functionResponse: { name: 'f', response: { result: 'one' } } }, { functionResponse: { name: 'f', response: { a: 2 } } }, { functionResponse: { name: 'g', response: { error: 'no' } } }];
    expect(to(openaiChat, { contents: [...contents, { role: 'model', parts: calls }, { role: 'user', parts: results }] }).sent).toMatchObject({
      messages: [ask, { role: 'assistant', tool_calls: [{ id: 'call_1_0', function: { name: 'f', arguments: '{"a":1}' } }, { id: 'call_1_1' }, { id: 'call_1_2' }] },
        { role: 'tool', tool_call_id: 'call_1_0', content: 'one' }, { role: 'tool', tool_call_id: 'call_1_2', content: '{"a":2}' }, { role: 'tool', tool_call_id: 'call_1_1', content: 'no' }],
    });
  });

  it('keeps thoughts for who signed them', () => {
    const signature = seal({ family: 'anthropic', model: 'claude', kind: 'text', value: 'S' });
    const said = (parts: JsonObject[]): JsonObject => ({ contents: [...contents, { role: 'model', parts }, { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] }] });
    const call = { functionCall: { name: 'f' } };
    const thinking = { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 'S' }, { type: 'tool_use', id: 'call_1_0' }] };
    expect(to(anthropicMessages, said([{ text: 'hm', thought: true, thoughtSignature: signature }, call]), 'claude-opus-5').sent).toMatchObject({ messages: [ask, thinking, {}] });
    expect(to(anthropicMessages, said([{ ...call, thoughtSignature: signature }]), 'claude-opus-5').sent).toMatchObject({ messages: [ask, { content: [{ type: 'thinking', thinking: '', signature: 'S' }, { type: 'tool_use' }] }, {}] });
    expect(JSON.stringify(to(anthropicMessages, said([{ text: 'hm', thought: true, thoughtSignature: 'native of google' }, call]), 'claude-opus-5').sent)).not.toContain('native of');
  });

  it('reads schemas in its own style', () => {
    const parameters = { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true, format: 'enum', enum: ['x'] }, b: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '1' } }, propertyOrdering: ['a'] };
    expect(to(openaiResponses, { tools: [{ functionDeclarations: [{ name: 'f', parameters }] }] }).sent).toMatchObject({
      tools: [{ parameters: { type: 'object', properties: { a: { type: ['string', 'null'], enum: ['x'] }, b: { type: 'array', items: { type: 'integer' }, minItems: 1 } } } }],
    });
    expect(to(openaiChat, { generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'STRING' } } }).sent).toMatchObject({ response_format: { json_schema: { name: 'response', schema: { type: 'string' }, strict: false } } });
  });

  it.each<{ name: string; given: JsonObject; param: string }>([
    { name: 'a cached content', given: { cachedContent: 'cachedContents/x' }, param: 'cachedContent' },
    { name: 'a hosted tool', given: { tools: [{ codeExecution: {} }] }, param: 'tools[0]' },
    { name: 'a file of its own storage', given: { contents: [{ parts: [{ fileData: { fileUri: 'gs://b/x.png', mimeType: 'image/png' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'a video', given: { contents: [{ parts: [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'missing contents', given: { contents: null }, param: 'contents' },
    { name: 'a strange role', given: { contents: [{ role: 'robot', parts: [] }] }, param: 'contents[0].role' },
    { name: 'a result without a call', given: { contents: [{ parts: [{ functionResponse: { name: 'f', response: {} } }] }] }, param: 'contents[0].parts[0].functionResponse' },
    { name: 'a limit that is a text', given: { generationConfig: { maxOutputTokens: 'x' } }, param: 'generationConfig.maxOutputTokens' },
  ])('refuses $name by its name', ({ given, param }) => expect(to(openaiChat, given)).toMatchObject({ param }));

  it('says that safety settings are lost', () => {
    expect(to(openaiChat, { safetySettings: [{}] }).warnings).toEqual(['dropped:safetySettings']);
  });
});

it.each([{ videos: true }, { videos: false }])('a video goes to a relative of openai-chat that takes videos, and to no other ($videos)', ({ videos }) => {
  const request = gemini.readRequest({ contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }] }] }, { model: 'm', stream: false });
  const sent = request instanceof Failure ? request : openaiChat.writeRequest(request, { videos });
  expect(sent).toMatchObject(videos ? { messages: [{ content: [{ type: 'video_url', video_url: { url: 'data:video/mp4;base64,AAAA' } }] }] } : { code: 'convert_request_failed' });
});
