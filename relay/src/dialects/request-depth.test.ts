/** Tools of every kind on their way between dialects: of the past, in namespaces, with free text, and hosted searches (dialects 5). */
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { convertBody } from './answer/answer-conversion.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { JsonObject } from './chat-event.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';
import { writerOptions } from './answer/writer-options.ts';

function sent(from: Dialect, to: Dialect, body: JsonObject, model = 'gemini-3-pro'): JsonObject {
  const request = from.readRequest(body, { model, stream: false });
  if (request instanceof Failure) throw new Error(request.say);
  const written = to.writeRequest({ ...request, model });
  if (written instanceof Failure) throw new Error(written.say);
  return written;
}

/** The answer of one dialect, as the client of this request gets it. */
function answered(from: Dialect, to: Dialect, asked: JsonObject, answer: JsonObject): unknown {
  const request = to.readRequest(asked, { model: 'm', stream: false });
  if (request instanceof Failure) throw new Error(request.say);
  const body = convertBody(Buffer.from(JSON.stringify(answer)), { from, to, reading: {}, writing: writerOptions(request, new Map(), 'r', 7) });
  if (body instanceof Failure) throw new Error(body.say);
  return JSON.parse(body);
}

const ask = { role: 'user', content: 'hi' };
const calls = (name: string, args: JsonObject): JsonObject => ({ id: 'msg_1', content: [{ type: 'tool_use', id: 't1', name, input: args }], stop_reason: 'tool_use', usage: {} });

describe('functions from before there were tools', () => {
  const asked: JsonObject = {
    model: 'm', functions: [{ name: 'f', parameters: { type: 'object' } }], function_call: { name: 'f' },
    messages: [ask, { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } }, { role: 'function', name: 'f', content: 'r' }, ask],
  };

  it('are tools, whose results find the last open call of their name', () => {
    expect(sent(openaiChat, anthropicMessages, asked, 'claude-opus-4-1')).toMatchObject({
      tools: [{ name: 'f' }], tool_choice: { type: 'tool', name: 'f' },
      messages: [ask, { content: [{ type: 'tool_use', id: 'call_function_0', name: 'f', input: { a: 1 } }] }, { content: [{ type: 'tool_result', tool_use_id: 'call_function_0', content: 'r' }, { text: 'hi' }] }],
    });
  });

  it('are answered in their form', () => {
    expect(answered(anthropicMessages, openaiChat, asked, calls('f', { a: 1 }))).toMatchObject({ choices: [{ message: { content: null, function_call: { name: 'f', arguments: '{"a":1}' } }, finish_reason: 'function_call' }] });
  });

  it('refuse a result that nobody waited for', () => {
    expect(openaiChat.readRequest({ model: 'm', messages: [{ role: 'function', name: 'f', content: 'r' }] })).toMatchObject({ details: { param: 'messages[0].name' } });
  });
});

describe('tools that take free text', () => {
  const spec = { name: 'c', description: 'd', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: A' } } };
  const asked: JsonObject = {
    model: 'm', tools: [{ type: 'custom', custom: spec }], tool_choice: { type: 'custom', custom: { name: 'c' } },
    messages: [ask, { role: 'assistant', tool_calls: [{ id: 'A', type: 'custom', custom: { name: 'c', input: 'x "y"' } }] }, { role: 'tool', tool_call_id: 'A', content: 'r' }],
  };

  it('stay what they are between the dialects that know them', () => {
    expect(sent(openaiChat, openaiResponses, asked)).toMatchObject({
      tools: [{ type: 'custom', name: 'c', description: 'd', format: { type: 'grammar', syntax: 'lark', definition: 'start: A' } }], tool_choice: { type: 'custom', name: 'c' },
      input: [{}, { type: 'custom_tool_call', call_id: 'A', name: 'c', input: 'x "y"' }, { type: 'custom_tool_call_output', call_id: 'A', output: 'r' }],
    });
  });

  it('are wrapped for others, and unwrapped in answers', () => {
    expect(sent(openaiChat, gemini, asked)).toMatchObject({ tools: [{ functionDeclarations: [{ name: 'c', parametersJsonSchema: { required: ['input'] } }] }], contents: [{}, { parts: [{ functionCall: { args: { input: 'x "y"' } } }] }, {}] });
    expect(answered(anthropicMessages, openaiChat, asked, calls('c', { input: 'a\nb' }))).toMatchObject({ choices: [{ message: { tool_calls: [{ id: 't1', type: 'custom', custom: { name: 'c', input: 'a\nb' } }] } }] });
  });
});

describe('tools in namespaces', () => {
  const asked: JsonObject = {
    model: 'm', tools: [{ type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find' }] }],
    input: [ask, { type: 'function_call', call_id: 'A', namespace: 'crm', name: 'find', arguments: '{}' }, { type: 'function_call_output', call_id: 'A', output: 'r' }],
  };

  it('carry its name, and lose it again in answers', () => {
    expect(sent(openaiResponses, openaiChat, asked)).toMatchObject({ tools: [{ function: { name: 'crm.find' } }], messages: [ask, { tool_calls: [{ function: { name: 'crm.find' } }] }, {}] });
    expect(answered(anthropicMessages, openaiResponses, asked, calls('crm.find', {}))).toMatchObject({ output: [{ type: 'function_call', namespace: 'crm', name: 'find' }] });
  });
});

describe('a search of the web', () => {
  const place = { type: 'approximate', city: 'Bern' };
  const ways: { dialect: Dialect; asked: JsonObject; written: JsonObject }[] = [
    { dialect: openaiChat, asked: { model: 'm', messages: [ask], web_search_options: { search_context_size: 'low', user_location: { type: 'approximate', approximate: { city: 'Bern' } } } }, written: { web_search_options: {} } },
    { dialect: openaiResponses, asked: { model: 'm', input: 'hi', tools: [{ type: 'web_search', search_context_size: 'low', user_location: place, filters: { allowed_domains: ['x.test'] } }] }, written: { tools: [{ type: 'web_search' }] } },
    { dialect: anthropicMessages, asked: { model: 'm', max_tokens: 5, messages: [ask], tools: [{ type: 'web_search_20260209', name: 'web_search', max_uses: 3, user_location: place, allowed_domains: ['x.test'] }] }, written: { tools: [{ type: 'web_search_20250305', name: 'web_search' }] } },
    { dialect: gemini, asked: { contents: [{ parts: [{ text: 'hi' }] }], tools: [{ googleSearch: {} }] }, written: { tools: [{ googleSearch: {} }] } },
  ];

  it.each(ways.flatMap((from) => ways.filter((to) => to !== from).map((to) => ({ from, to, name: `${from.dialect.name} to ${to.dialect.name}` }))))('is one from $name', ({ from, to }) => {
    expect(sent(from.dialect, to.dialect, from.asked)).toMatchObject(to.written);
  });

  it('keeps what both know of it', () => {
    expect(sent(anthropicMessages, openaiResponses, ways[2]!.asked)).toMatchObject({ tools: [{ user_location: place, filters: { allowed_domains: ['x.test'] } }] });
    expect(sent(openaiResponses, openaiChat, ways[1]!.asked)).toMatchObject({ web_search_options: { search_context_size: 'low', user_location: { type: 'approximate', approximate: { city: 'Bern' } } } });
    expect(sent(openaiChat, anthropicMessages, ways[0]!.asked)).toMatchObject({ tools: [{ user_location: place }] });
  });

  it('shows a client of openai-responses that there was one', () => {
    const content: JsonObject[] = [{ type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'bern' } }, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }, { type: 'text', text: 'so' }];
    expect(answered(anthropicMessages, openaiResponses, ways[1]!.asked, { id: 'msg_1', content, stop_reason: 'end_turn', usage: {} }))
      .toMatchObject({ output: [{ type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'bern' } }, { type: 'message' }] });
  });
});

describe('thoughts, as relatives of openai-chat ask for them', () => {
  const anthropic = (given: JsonObject): unknown => sent(openaiChat, anthropicMessages, { model: 'm', messages: [ask], max_tokens: 8_000, ...given }, 'claude-sonnet-4-5')['thinking'];

  it.each<{ given: JsonObject; budget: number | undefined }>([
    { given: { thinking: { type: 'enabled', budget_tokens: 2_000 } }, budget: 2_000 }, { given: { enable_thinking: true, thinking_budget: 3_000 }, budget: 3_000 },
    { given: { reasoning: { max_tokens: 4_000 } }, budget: 4_000 }, { given: { chat_template_kwargs: { enable_thinking: true }, thinking_budget: 1_500 }, budget: 1_500 },
    { given: { enable_thinking: false }, budget: undefined }, { given: { reasoning: { enabled: false } }, budget: undefined },
  ])('$given', ({ given, budget }) => expect(anthropic(given)).toEqual(budget === undefined ? { type: 'disabled' } : { type: 'enabled', budget_tokens: budget }));
});
