import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { Json, JsonObject } from './chat-event.ts';
import type { Dialect } from './dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { seal } from './memory/sealed-signature.ts';

function convert(from: Dialect, to: Dialect, body: Json): { sent: Json; warnings: string[] } | { code: string; param: string | undefined } {
  const request = from.readRequest(body);
  if (request instanceof Failure) return { code: request.code, param: request.details.param };
  const warnings: string[] = [];
  const sent = to.writeRequest(request, { warn: (loss) => warnings.push(loss) });
  return sent instanceof Failure ? { code: sent.code, param: sent.details.param } : { sent, warnings };
}

const png = 'iVBORw0KGgoAAAANSUhEUg==';
const call = (id: string, name: string, args: string) => ({ id, type: 'function', function: { name, arguments: args } });
const sealed = seal({ family: 'anthropic', model: 'claude-sonnet-4-5', kind: 'text', value: 'SIG' });
const sealedRedacted = seal({ family: 'anthropic', model: 'claude-sonnet-4-5', kind: 'redacted', value: 'DATA' });
const foreign = seal({ family: 'google', model: 'gemini', kind: 'text', value: 'SIG' });

const ask = (members: JsonObject) => convert(openaiChat, anthropicMessages, { model: 'claude-sonnet-4-5', messages: [{ role: 'user', content: 'hi' }], ...members });
const usual: JsonObject = { model: 'claude-sonnet-4-5', max_tokens: 8192, messages: [{ role: 'user', content: 'hi' }] };
const talk = (...messages: Json[]) => ask({ messages });

describe('openai-chat to anthropic-messages', () => {
  it.each<{ name: string; given: JsonObject; sent: JsonObject; warnings?: string[] }>([
    { name: 'sends the limit that the dialect demands', given: {}, sent: {} },
    { name: 'prefers max_completion_tokens', given: { max_tokens: 5, max_completion_tokens: 7 }, sent: { max_tokens: 7 } },
    { name: 'keeps the limit below the maximum of the model', given: { max_tokens: 99_999_999 }, sent: { max_tokens: 64_000 } },
    { name: 'streams', given: { stream: true, stream_options: { include_usage: true } }, sent: { stream: true } },
    { name: 'clamps the temperature', given: { temperature: 1.5 }, sent: { temperature: 1 }, warnings: ['clamped:temperature'] },
    { name: 'keeps sampling', given: { temperature: 0.5, top_k: 3 }, sent: { temperature: 0.5, top_k: 3 } },
    { name: 'drops what the dialect lacks, and says so', given: { seed: 1, frequency_penalty: 0.5, presence_penalty: 0, logit_bias: {} }, sent: {}, warnings: ['dropped:seed', 'dropped:frequency_penalty'] },
    { name: 'drops what only labels, in silence', given: { metadata: { a: 'b' }, store: true, service_tier: 'flex', verbosity: 'low', unknown: 1 }, sent: {} },
    { name: 'takes one stop text', given: { stop: 'END' }, sent: { stop_sequences: ['END'] } },
    { name: 'takes several, but no blank ones', given: { stop: ['a', '\n', 'b', 'c', 'd', 'e'] }, sent: { stop_sequences: ['a', 'b', 'c', 'd', 'e'] }, warnings: ['dropped:stop'] },
    { name: 'names the user', given: { user: 'u1' }, sent: { metadata: { user_id: 'u1' } } },
    { name: 'drops a tool choice without tools', given: { tool_choice: 'auto', parallel_tool_calls: false }, sent: {} },
    {
      name: 'puts tools into their form', given: { tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true } }, { type: 'function', function: { name: 'g' } }], tool_choice: 'required' },
      sent: { tools: [{ name: 'f', description: 'd', input_schema: { type: 'object' }, strict: true }, { name: 'g', input_schema: { type: 'object', properties: {} } }], tool_choice: { type: 'any' } },
    },
    {
      name: 'makes a schema of a tool one of an object, where it is none', given: { tools: [{ type: 'function', function: { name: 'f', parameters: {} } }, { type: 'function', function: { name: 'g', parameters: { properties: { a: {} } } } }, { type: 'function', function: { name: 'h', parameters: { anyOf: [] } } }] },
      sent: { tools: [{ name: 'f', input_schema: { type: 'object', properties: {} } }, { name: 'g', input_schema: { type: 'object', properties: { a: {} } } }, { name: 'h', input_schema: { anyOf: [] } }] },
    },
    {
      name: 'closes objects that may be null, and moves the lengths of lists',
      given: { response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema: { type: ['object', 'null'], properties: { a: { type: 'array', minItems: 1 }, b: { type: 'array', minItems: 2 } } } } } },
      sent: { output_config: { format: { type: 'json_schema', schema: { type: ['object', 'null'], properties: { a: { type: 'array', minItems: 1 }, b: { type: 'array', description: '(minItems: 2)' } }, additionalProperties: false } } } },
    },
    {
      name: 'forbids parallel calls, with a choice made for it', given: { tools: [{ type: 'function', function: { name: 'g' } }], parallel_tool_calls: false },
      sent: { tools: [{ name: 'g', input_schema: { type: 'object', properties: {} } }], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    },
    {
      name: 'names the tool', given: { tools: [{ type: 'function', function: { name: 'g' } }], tool_choice: { type: 'function', function: { name: 'g' } } },
      sent: { tools: [{ name: 'g', input_schema: { type: 'object', properties: {} } }], tool_choice: { type: 'tool', name: 'g' } },
    },
    {
      name: 'asks for a schema where the model knows it, closed and without bounds',
      given: { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object', properties: { a: { type: 'integer', minimum: 3 } } } } } },
      sent: { output_config: { format: { type: 'json_schema', schema: { type: 'object', properties: { a: { type: 'integer', description: '(minimum: 3)' } }, additionalProperties: false } } } },
    },
    { name: 'turns an effort into a budget', given: { reasoning_effort: 'low', max_tokens: 40_000, temperature: 0.2 }, sent: { max_tokens: 40_000, thinking: { type: 'enabled', budget_tokens: 12_800 } }, warnings: ['dropped:temperature'] },
    { name: 'leaves room behind the thoughts where there was no limit', given: { reasoning_effort: 'medium' }, sent: { max_tokens: 40_192, thinking: { type: 'enabled', budget_tokens: 32_000 } } },
    { name: 'does not think in too little room', given: { reasoning_effort: 'high', max_tokens: 1000 }, sent: { max_tokens: 1000 }, warnings: ['thinking_disabled'] },
    { name: 'lets newer models adapt', given: { model: 'claude-opus-4-8', reasoning_effort: 'xhigh', temperature: 0 }, sent: { model: 'claude-opus-4-8', thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'xhigh' } }, warnings: ['dropped:temperature'] },
    { name: 'lowers an effort that the model lacks', given: { model: 'claude-opus-4-6', reasoning_effort: 'xhigh' }, sent: { model: 'claude-opus-4-6', thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } } },
    { name: 'does not think where the model cannot', given: { model: 'claude-3-haiku', reasoning_effort: 'high' }, sent: { model: 'claude-3-haiku', max_tokens: 4096 } },
  ])('$name', ({ given, sent, warnings }) => expect(ask(given)).toEqual({ sent: { ...usual, ...sent }, warnings: warnings ?? [] }));

});

describe('openai-chat to anthropic-messages, refusals', () => {
  it('asks for JSON in words where the dialect has no form for it', () => {
    const outcome = ask({ response_format: { type: 'json_object' } });
    expect(outcome).toMatchObject({ sent: { system: expect.stringContaining('one JSON object') }, warnings: ['json_object_instruction'] });
  });

  it.each<{ name: string; given: JsonObject; param: string; code?: string }>([
    { name: 'several answers', given: { n: 2 }, param: 'n' },
    { name: 'log probabilities', given: { logprobs: true }, param: 'logprobs' },
    { name: 'audio', given: { modalities: ['text', 'audio'], audio: { voice: 'a' } }, param: 'audio' },
    { name: 'spoken input', given: { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'files of another account', given: { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'parts that nobody knows', given: { messages: [{ role: 'user', content: [{ type: 'hologram' }] }] }, param: 'messages[0].content[0]' },
    { name: 'a strange role', given: { messages: [{ role: 'robot', content: '' }] }, param: 'messages[0].role', code: 'invalid_request' },
    { name: 'a call without a name', given: { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: {} }] }] }, param: 'messages[0].tool_calls[0].function.name', code: 'invalid_request' },
    { name: 'content of a wrong type', given: { messages: [{ role: 'user', content: 5 }] }, param: 'messages[0].content', code: 'invalid_request' },
    { name: 'a temperature in words', given: { temperature: 'hot' }, param: 'temperature', code: 'invalid_request' },
    { name: 'an empty question', given: { messages: [{ role: 'user', content: ' ' }] }, param: 'messages', code: 'invalid_request' },
    { name: 'a result without a call', given: { messages: [{ role: 'user', content: 'x' }, { role: 'tool', tool_call_id: 'z', content: '1' }] }, param: 'messages', code: 'invalid_request' },
    { name: 'a call without a result', given: { messages: [{ role: 'assistant', tool_calls: [call('a', 'f', '{}')] }, { role: 'user', content: 'x' }] }, param: 'messages', code: 'invalid_request' },
  ])('refuses $name by its name', ({ given, param, code }) => expect(ask(given)).toEqual({ code: code ?? 'convert_request_failed', param }));

});

describe('openai-chat to anthropic-messages, conversations', () => {
  it.each<{ name: string; messages: Json[]; sent: JsonObject; warnings?: string[] }>([
    {
      name: 'gathers leading instructions, boundaries kept', messages: [{ role: 'system', content: 'a' }, { role: 'developer', content: [{ type: 'text', text: 'b' }] }, { role: 'user', content: 'x' }],
      sent: { system: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }], messages: [{ role: 'user', content: 'x' }] },
    },
    { name: 'sends a single instruction as a text', messages: [{ role: 'system', content: 'a' }, { role: 'user', content: 'x' }], sent: { system: 'a', messages: [{ role: 'user', content: 'x' }] } },
    {
      name: 'leaves later instructions in their place', messages: [{ role: 'user', content: 'x' }, { role: 'assistant', content: 'y' }, { role: 'system', content: 'now' }, { role: 'user', content: 'z' }],
      sent: { messages: [{ role: 'user', content: 'x' }, { role: 'assistant', content: 'y' }, { role: 'user', content: [{ type: 'text', text: 'System: now' }, { type: 'text', text: 'z' }] }] }, warnings: ['system_inlined'],
    },
    {
      name: 'joins neighbours part by part', messages: [{ role: 'user', content: 'a' }, { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i.png' } }] }],
      sent: { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image', source: { type: 'url', url: 'https://x.test/i.png' } }] }] },
    },
    {
      name: 'takes data URLs apart', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/jpg;base64,${png}` } }, { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } }] }],
      sent: { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: png } }, { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, title: 'a.pdf' }] }] },
    },
    {
      name: 'keeps marks of caching that clients write here', messages: [{ role: 'system', content: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }] }, { role: 'user', content: [{ type: 'text', text: 't', cache_control: { type: 'ephemeral', ttl: '1h' } }] }],
      sent: { system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 't', cache_control: { type: 'ephemeral', ttl: '1h' } }] }] },
    },
    {
      name: 'takes the parts of relatives of the dialect', messages: [{ role: 'user', content: [{ type: 'image', image: `data:image/png;base64,${png}` }, { type: 'document_url', document_url: 'https://x.test/a.pdf', document_name: 'A' }, { type: 'file', file: { filename: 'b.pdf', file_data: 'https://x.test/b.pdf' } }] }],
      sent: { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }, { type: 'document', source: { type: 'url', url: 'https://x.test/a.pdf' }, title: 'A' }, { type: 'document', source: { type: 'url', url: 'https://x.test/b.pdf' }, title: 'b.pdf' }] }] },
    },
    {
      name: 'puts results first, in the order of their calls, late ones too',
      messages: [{ role: 'assistant', content: 'ok', tool_calls: [call('a', 'f', '{"x":12345678901234567890}'), call('b', 'g', '')] }, { role: 'user', content: 'hurry' }, { role: 'tool', tool_call_id: 'b', content: '2' }, { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: '1' }] }],
      sent: { messages: [
        { role: 'assistant', content: [{ type: 'text', text: 'ok' }, { type: 'tool_use', id: 'a', name: 'f', input: expect.anything() }, { type: 'tool_use', id: 'b', name: 'g', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '1' }, { type: 'tool_result', tool_use_id: 'b', content: '2' }, { type: 'text', text: 'hurry' }] },
      ] },
    },
    {
      name: 'keeps arguments that do not parse', messages: [{ role: 'assistant', tool_calls: [call('a', 'f', '{"x":')] }, { role: 'tool', tool_call_id: 'a', content: '' }],
      sent: { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: { _raw: '{"x":' } }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] }] }, warnings: ['arguments_unparsable'],
    },
    {
      name: 'gives illegal ids the same new one in call and result', messages: [{ role: 'assistant', tool_calls: [call('a b', 'f', '{}')] }, { role: 'tool', tool_call_id: 'a b', content: 'r' }],
      sent: { messages: [
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_c8687a08aa5d6ed2044328fa', name: 'f', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_c8687a08aa5d6ed2044328fa', content: 'r' }] },
      ] },
    },
    {
      name: 'drops empty answers and joins what they parted', messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: '' }, { role: 'user', content: 'b' }],
      sent: { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }] }] },
    },
    { name: 'trims the beginning that it is given', messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'Sure: \n' }], sent: { messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'Sure:' }] } },
    {
      name: 'returns signatures to their maker, and to nobody else', messages: [{ role: 'user', content: 'a' }, {
        role: 'assistant', content: 'b', reasoning_content: 'not used', reasoning_details: [
          { type: 'reasoning.text', text: 't', signature: sealed }, { type: 'reasoning.encrypted', data: sealedRedacted }, { type: 'reasoning.text', text: 'g', signature: foreign }, { type: 'reasoning.text', text: 'o', signature: 'native' },
        ],
      }, { role: 'user', content: 'c' }],
      sent: { messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: [{ type: 'thinking', thinking: 't', signature: 'SIG' }, { type: 'redacted_thinking', data: 'DATA' }, { type: 'text', text: 'b' }] }, { role: 'user', content: 'c' }] },
    },
  ])('$name', ({ messages, sent, warnings }) => expect(talk(...messages)).toEqual({ sent: { ...usual, ...sent }, warnings: warnings ?? [] }));

  it('keeps the spelling of long numbers in arguments', () => {
    const outcome = talk({ role: 'assistant', tool_calls: [call('a', 'f', '{"x":12345678901234567890,"y":1e400}')] }, { role: 'tool', tool_call_id: 'a', content: '' });
    expect(JSON.stringify(outcome)).toContain('"input":{"x":12345678901234567890,"y":1e400}');
  });

  it('does not think with a budget when the thoughts before a call are gone', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const messages: JsonObject[] = [{ role: 'assistant', tool_calls: [call('a', 'f', '{}')] }, { role: 'tool', tool_call_id: 'a', content: '1' }];
    expect(ask({ messages, tools, reasoning_effort: 'low', max_tokens: 9000 })).toMatchObject({ warnings: ['thinking_disabled'] });
    const signed = [{ ...messages[0], reasoning_details: [{ type: 'reasoning.text', text: 't', signature: sealed }] }, messages[1] ?? null];
    expect(ask({ messages: signed, tools, reasoning_effort: 'low', max_tokens: 9000 })).toMatchObject({ warnings: [], sent: { thinking: { type: 'enabled', budget_tokens: 8999 } } });
  });
});

describe('anthropic-messages to openai-chat', () => {
  const ask = (members: JsonObject) => convert(anthropicMessages, openaiChat, { model: 'gpt-4o', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }], ...members });
  const usual: JsonObject = { model: 'gpt-4o', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] };

  it.each<{ name: string; given: JsonObject; sent: JsonObject; warnings?: string[] }>([
    { name: 'sends what there is', given: {}, sent: {} },
    { name: 'always asks for usage in a stream', given: { stream: true }, sent: { stream: true, stream_options: { include_usage: true } } },
    { name: 'takes four stop texts', given: { stop_sequences: ['a', 'b', 'c', 'd', 'e'] }, sent: { stop: ['a', 'b', 'c', 'd'] }, warnings: ['clamped:stop'] },
    { name: 'drops top_k and says so', given: { top_k: 5, top_p: 0.5 }, sent: { top_p: 0.5 }, warnings: ['dropped:top_k'] },
    { name: 'names the user', given: { metadata: { user_id: 'u' } }, sent: { user: 'u' } },
    { name: 'drops what only labels', given: { service_tier: 'auto', cache_control: { type: 'ephemeral' }, context_management: {} }, sent: {} },
    { name: 'thinks as hard as the budget says', given: { thinking: { type: 'enabled', budget_tokens: 20 } }, sent: { reasoning_effort: 'low' } },
    { name: 'thinks as hard as it is told', given: { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, sent: { reasoning_effort: 'high' } },
    { name: 'leaves adaptive thinking to the provider', given: { thinking: { type: 'adaptive' } }, sent: {} },
    { name: 'does not think', given: { thinking: { type: 'disabled' } }, sent: { reasoning_effort: 'none' } },
    { name: 'answers in a schema', given: { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } }, sent: { response_format: { type: 'json_schema', json_schema: { name: 'response', schema: { type: 'object' }, strict: true } } } },
    {
      name: 'puts tools into their form', given: { tools: [{ name: 'f', description: 'd', input_schema: { type: 'object' } }], tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true } },
      sent: { tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } }], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false },
    },
    { name: 'demands a call', given: { tools: [{ name: 'f' }], tool_choice: { type: 'any' } }, sent: { tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'required' } },
    {
      name: 'writes instructions as messages', given: { system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'b' }] },
      sent: { messages: [{ role: 'system', content: 'a' }, { role: 'system', content: 'b' }, { role: 'user', content: 'hi' }] },
    },
  ])('$name', ({ given, sent, warnings }) => expect(ask(given)).toEqual({ sent: { ...usual, ...sent }, warnings: warnings ?? [] }));

  it.each<{ name: string; messages: Json[]; sent: Json[] }>([
    {
      name: 'writes results first, as messages of their own',
      messages: [{ role: 'assistant', content: [{ type: 'thinking', thinking: 't', signature: 's' }, { type: 'text', text: 'ok' }, { type: 'tool_use', id: 'a', name: 'f', input: { x: 'ü' } }] }, { role: 'user', content: [{ type: 'text', text: 'go' }, { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'r' }], is_error: true }] }],
      sent: [
        { role: 'assistant', content: 'ok', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":"ü"}' } }] },
        { role: 'tool', tool_call_id: 'a', content: 'r' }, { role: 'user', content: 'go' },
      ],
    },
    {
      name: 'hands over images of results as the user',
      messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'seen' }, { type: 'image', source: { type: 'url', url: 'https://x.test/i' } }] }] }],
      sent: [
        { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'a', content: 'seen' }, { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i' } }] },
      ],
    },
    {
      name: 'says null where an answer is only calls', messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] }],
      sent: [{ role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'a', content: '' }],
    },
    {
      name: 'keeps images by address and by data', messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://x.test/i' } }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }] }],
      sent: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i' } }, { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }] }],
    },
    {
      name: 'keeps documents', messages: [{ role: 'user', content: [{ type: 'document', title: 'T', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }, { type: 'document', title: 'N', source: { type: 'text', media_type: 'text/plain', data: 'words' } }] }],
      sent: [{ role: 'user', content: [{ type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERi0=', filename: 'T' } }, { type: 'text', text: 'N\n\nwords' }] }],
    },
    {
      name: 'drops what a past provider did itself', messages: [{ role: 'user', content: 'q' }, { role: 'assistant', content: [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, { type: 'text', text: 'found' }] }, { role: 'user', content: 'more' }],
      sent: [{ role: 'user', content: 'q' }, { role: 'assistant', content: 'found' }, { role: 'user', content: 'more' }],
    },
  ])('$name', ({ messages, sent }) => expect(ask({ messages })).toEqual({ sent: { ...usual, messages: sent }, warnings: [] }));

  it.each<{ name: string; given: JsonObject; param: string; code?: string }>([
    { name: 'a container', given: { container: 'c' }, param: 'container' },
    { name: 'MCP servers', given: { mcp_servers: [{ type: 'url' }] }, param: 'mcp_servers' },
    { name: 'tools that its provider runs', given: { tools: [{ type: 'bash_20250124', name: 'bash' }] }, param: 'tools[0]' },
    { name: 'files of another account', given: { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'documents by address', given: { messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'url', url: 'https://x.test' } }] }] }, param: 'messages[0].content[0]' },
    { name: 'uploads into a container', given: { messages: [{ role: 'user', content: [{ type: 'container_upload', file_id: 'f' }] }] }, param: 'messages[0].content[0]' },
    { name: 'a missing limit', given: { max_tokens: null }, param: 'max_tokens', code: 'invalid_request' },
    { name: 'a strange choice', given: { tool_choice: { type: 'maybe' } }, param: 'tool_choice.type', code: 'invalid_request' },
    { name: 'a block without a type', given: { messages: [{ role: 'user', content: [{}] }] }, param: 'messages[0].content[0].type', code: 'invalid_request' },
    { name: 'a message that is a number', given: { messages: [5] }, param: 'messages[0]', code: 'invalid_request' },
  ])('refuses $name by its name', ({ given, param, code }) => expect(ask(given)).toEqual({ code: code ?? 'convert_request_failed', param }));
});
