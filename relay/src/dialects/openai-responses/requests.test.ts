import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { usualModelSettings } from '../../models/model-settings.ts';
import { openai } from '../../providers/openai.ts';
import { anthropicMessages } from '../anthropic-messages/dialect.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import type { Dialect } from '../dialect.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { seal } from '../memory/sealed-signature.ts';
import { openaiResponses } from './dialect.ts';

type Outcome = { sent: Json; warnings: string[] } | { code: string; param: string | undefined };

function convert(from: Dialect, to: Dialect, body: Json): Outcome {
  const request = from.readRequest(body);
  if (request instanceof Failure) return { code: request.code, param: request.details.param };
  const warnings: string[] = [];
  const sent = to.writeRequest(request, { warn: (loss) => warnings.push(loss) });
  return sent instanceof Failure ? { code: sent.code, param: sent.details.param } : { sent, warnings };
}

const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';
const pdf = 'data:application/pdf;base64,JVBERi0=';
const call = (id: string, args: string): JsonObject => ({ type: 'function_call', id: `fc_${id}`, call_id: id, name: 'f', arguments: args });
const result = (id: string, output: Json): JsonObject => ({ type: 'function_call_output', call_id: id, output });
const chatCall = (id: string, args: string): JsonObject => ({ id, type: 'function', function: { name: 'f', arguments: args } });
const fromOpenai = seal({ family: 'openai', model: 'gpt-5.1-2025-11-13', kind: 'text', value: 'ENC', item: 'rs_1' });
const fromAnthropic = seal({ family: 'anthropic', model: 'claude', kind: 'text', value: 'SIG' });

describe('openai-responses to openai-chat', () => {
  const usual: JsonObject = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
  const ask = (members: JsonObject): Outcome => convert(openaiResponses, openaiChat, { model: 'm', input: 'hi', ...members });

  it.each<{ name: string; given: JsonObject; sent: JsonObject; warnings?: string[] }>([
    { name: 'takes a text for a question', given: {}, sent: {} },
    { name: 'always asks for usage in a stream', given: { stream: true }, sent: { stream: true, stream_options: { include_usage: true } } },
    { name: 'keeps limit and sampling', given: { max_output_tokens: 9, temperature: 0.5, top_p: 0.1 }, sent: { max_tokens: 9, temperature: 0.5, top_p: 0.1 } },
    { name: 'puts instructions in front', given: { instructions: 'a', input: [{ role: 'developer', content: 'b' }, { role: 'user', content: 'hi' }] }, sent: { messages: [{ role: 'system', content: 'a' }, { role: 'system', content: 'b' }, { role: 'user', content: 'hi' }] } },
    { name: 'leaves later instructions in their place', given: { input: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'now' }] }, sent: { messages: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'now' }] } },
    { name: 'thinks as hard as it is told', given: { reasoning: { effort: 'high', summary: 'auto' } }, sent: { reasoning_effort: 'high' } },
    { name: 'does not think', given: { reasoning: { effort: 'none' } }, sent: { reasoning_effort: 'none' } },
    { name: 'answers in a schema', given: { text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true }, verbosity: 'low' } }, sent: { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } }, verbosity: 'low' } },
    { name: 'answers in JSON', given: { text: { format: { type: 'json_object' } } }, sent: { response_format: { type: 'json_object' } } },
    { name: 'names the user, and the cache', given: { safety_identifier: 's', user: 'u', prompt_cache_key: 'k', prompt_cache_retention: '24h' }, sent: { user: 's', prompt_cache_key: 'k', prompt_cache_retention: '24h' } },
    { name: 'drops what only labels, in silence', given: { metadata: { a: 'b' }, store: true, service_tier: 'flex', truncation: 'auto', max_tool_calls: 3, include: ['reasoning.encrypted_content'], unknown: 1 }, sent: {} },
    { name: 'says that it does not manage the context', given: { context_management: [{ type: 'compaction' }] }, sent: {}, warnings: ['dropped:context_management'] },
    {
      name: 'puts tools into their form', given: { tools: [{ type: 'function', name: 'f', description: 'd', parameters: { type: 'object' }, strict: false }], tool_choice: { type: 'function', name: 'f' }, parallel_tool_calls: false },
      sent: { tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: false } }], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false },
    },
    {
      name: 'offers only the tools that are allowed', given: { tools: [{ type: 'function', name: 'f' }, { type: 'function', name: 'g' }], tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'g' }] } },
      sent: {
        tools: [{ type: 'function', function: { name: 'f' } }, { type: 'function', function: { name: 'g' } }],
        tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] } },
      },
    },
    {
      name: 'wraps free text for custom tools into one argument, also that of the past',
      given: {
        tools: [{ type: 'custom', name: 'c', description: 'd', format: { type: 'grammar', syntax: 'regex', definition: 'a+' } }], tool_choice: { type: 'custom', name: 'c' },
        input: [{ role: 'user', content: 'hi' }, { type: 'custom_tool_call', call_id: 'a', name: 'c', input: 'x "y"' }, { type: 'custom_tool_call_output', call_id: 'a', output: 'r' }],
      },
      sent: {
        tools: [{ type: 'function', function: { name: 'c', description: 'd\n\nThe input must follow this regex grammar:\na+', parameters: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] } } }],
        tool_choice: { type: 'function', function: { name: 'c' } },
        messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'c', arguments: '{"input":"x \\"y\\""}' } }] }, { role: 'tool', tool_call_id: 'a', content: 'r' }],
      },
      warnings: ['custom_tool_wrapped'],
    },
    {
      name: 'joins the items of one answer, and writes results as messages of tools',
      given: { input: [{ role: 'user', content: [{ type: 'input_text', text: 'q' }] }, { type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: 't' }], encrypted_content: fromOpenai }, { type: 'message', role: 'assistant', id: 'msg', status: 'completed', content: [{ type: 'output_text', text: 'ok', annotations: [] }] }, call('a', '{"x":1}'), call('b', ''), result('b', '2'), result('a', [{ type: 'input_text', text: '1' }])] },
      sent: { messages: [{ role: 'user', content: 'q' }, { role: 'assistant', content: 'ok', tool_calls: [chatCall('a', '{"x":1}'), chatCall('b', '{}')] }, { role: 'tool', tool_call_id: 'b', content: '2' }, { role: 'tool', tool_call_id: 'a', content: '1' }] },
    },
    {
      name: 'keeps images and files', given: { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://x.test/i', detail: 'low' }, { type: 'input_image', image_url: png }, { type: 'input_file', filename: 'a.pdf', file_data: pdf }] }] },
      sent: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i', detail: 'low' } }, { type: 'image_url', image_url: { url: png } }, { type: 'file', file: { file_data: pdf, filename: 'a.pdf' } }] }] },
    },
    { name: 'drops what a past provider did itself', given: { input: [{ type: 'web_search_call', id: 'ws' }, { role: 'user', content: 'hi' }, { type: 'mcp_list_tools' }] }, sent: {} },
    { name: 'keeps a refusal of the past', given: { input: [{ role: 'user', content: 'q' }, { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] }] }, sent: { messages: [{ role: 'user', content: 'q' }, { role: 'assistant', content: null, refusal: 'no' }] } },
  ])('$name', ({ given, sent, warnings }) => expect(ask(given)).toEqual({ sent: { ...usual, ...sent }, warnings: warnings ?? [] }));

  it.each<{ name: string; given: JsonObject; param: string; code?: string }>([
    { name: 'an earlier answer', given: { previous_response_id: 'resp_1' }, param: 'previous_response_id' },
    { name: 'a stored conversation', given: { conversation: 'conv_1' }, param: 'conversation' },
    { name: 'a stored prompt', given: { prompt: { id: 'p' } }, param: 'prompt' },
    { name: 'work in the background', given: { background: true }, param: 'background' },
    { name: 'hosted tools', given: { tools: [{ type: 'function', name: 'f' }, { type: 'file_search' }] }, param: 'tools[1]' },
    { name: 'a choice of a hosted tool', given: { tool_choice: { type: 'file_search' } }, param: 'tool_choice' },
    { name: 'a reference to a stored item', given: { input: [{ type: 'item_reference', id: 'x' }] }, param: 'input[0]' },
    { name: 'a result that only its provider understands', given: { input: [{ role: 'user', content: 'x' }, { type: 'computer_call_output', call_id: 'c', output: {} }] }, param: 'input[1]' },
    { name: 'a missing input', given: { input: null }, param: 'input', code: 'invalid_request' },
    { name: 'an input that is a number', given: { input: 5 }, param: 'input', code: 'invalid_request' },
    { name: 'an item without a type', given: { input: [{}] }, param: 'input[0].type', code: 'invalid_request' },
    { name: 'an item that is a text', given: { input: ['x'] }, param: 'input[0]', code: 'invalid_request' },
    { name: 'a strange role', given: { input: [{ role: 'robot', content: '' }] }, param: 'input[0].role', code: 'invalid_request' },
    { name: 'a call without its id', given: { input: [{ type: 'function_call', name: 'f', arguments: '' }] }, param: 'input[0].call_id', code: 'invalid_request' },
    { name: 'a part without a type', given: { input: [{ role: 'user', content: [{}] }] }, param: 'input[0].content[0].type', code: 'invalid_request' },
    { name: 'an image that is no address', given: { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'data:x' }] }] }, param: 'input[0].content[0].image_url', code: 'invalid_request' },
    { name: 'a file without content', given: { input: [{ role: 'user', content: [{ type: 'input_file' }] }] }, param: 'input[0].content[0].file_data', code: 'invalid_request' },
    { name: 'an effort that is a number', given: { reasoning: { effort: 5 } }, param: 'reasoning.effort', code: 'invalid_request' },
    { name: 'a schema that is a text', given: { text: { format: { type: 'json_schema', schema: 'x' } } }, param: 'text.format.schema', code: 'invalid_request' },
  ])('refuses $name by its name', ({ given, param, code }) => expect(ask(given)).toEqual({ code: code ?? 'convert_request_failed', param }));

  it('names an earlier answer with the word that clients know', () => {
    const request = openaiResponses.readRequest({ model: 'm', input: 'hi', previous_response_id: 'resp_1' });
    if (request instanceof Failure) throw new Error(request.say);
    const refused = openaiChat.writeRequest(request);
    expect(refused instanceof Failure ? openaiResponses.renderFailure(refused, 'r') : undefined).toMatchObject({
      status: 400, body: { error: { type: 'invalid_request_error', code: 'previous_response_not_found', param: 'previous_response_id' } },
    });
  });
});

describe('openai-responses to anthropic-messages', () => {
  const ask = (members: JsonObject): Outcome => convert(openaiResponses, anthropicMessages, { model: 'claude-sonnet-4-5', input: 'hi', ...members });

  it('returns signatures to their maker before the call they led to, and to nobody else', () => {
    const input: Json = [
      { role: 'user', content: 'q' }, { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 't' }], encrypted_content: fromAnthropic },
      { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: fromOpenai }, { type: 'reasoning', id: 'rs_3', summary: [], encrypted_content: 'native' }, call('a', '{"x":1}'), result('a', '1'),
    ];
    expect(ask({ input })).toMatchObject({ sent: { messages: [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: [{ type: 'thinking', thinking: 't', signature: 'SIG' }, { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '1' }] },
    ] } });
  });

  it('gives images inside of results, and documents by address', () => {
    const input: Json = [
      { role: 'user', content: [{ type: 'input_file', file_url: 'https://x.test/d' }] }, call('a', '{}'), result('a', [{ type: 'input_text', text: 'seen' }, { type: 'input_image', image_url: png }]),
    ];
    expect(ask({ input })).toMatchObject({ sent: { messages: [
      { role: 'user', content: [{ type: 'document', source: { type: 'url', url: 'https://x.test/d' } }] }, { role: 'assistant' },
      { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'seen' }, { type: 'image', source: { type: 'base64', media_type: 'image/png' } }] }] },
    ] } });
  });

  it('thinks when the client wants to read about it', () => {
    expect(ask({ reasoning: { summary: 'auto' } })).toMatchObject({ sent: { thinking: { type: 'enabled' } } });
    expect(ask({ reasoning: { effort: 'low' }, max_output_tokens: 40_000 })).toMatchObject({ sent: { max_tokens: 40_000, thinking: { type: 'enabled', budget_tokens: 12_800 } } });
  });

  it('refuses files of another account by their name', () => {
    expect(ask({ input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] })).toEqual({ code: 'convert_request_failed', param: 'messages[0].content[0]' });
  });
});

describe('to openai-responses', () => {
  const usual: JsonObject = { model: 'gpt-5.1', input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }], store: false, include: ['reasoning.encrypted_content'] };
  const chat = (members: JsonObject): Outcome => convert(openaiChat, openaiResponses, { model: 'gpt-5.1', messages: [{ role: 'user', content: 'hi' }], ...members });
  const messages = (members: JsonObject): Outcome => convert(anthropicMessages, openaiResponses, { model: 'gpt-5.1', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }], ...members });

  it.each<{ name: string; given: JsonObject; sent: JsonObject; warnings?: string[] }>([
    { name: 'stores nothing', given: {}, sent: {} },
    { name: 'streams without asking for usage', given: { stream: true, stream_options: { include_usage: true } }, sent: { stream: true } },
    { name: 'raises a limit that is too small', given: { max_completion_tokens: 3 }, sent: { max_output_tokens: 16 }, warnings: ['clamped:max_output_tokens'] },
    { name: 'asks for summaries of its thoughts', given: { reasoning_effort: 'low' }, sent: { reasoning: { effort: 'low', summary: 'auto' } } },
    { name: 'asks for none where there are none', given: { reasoning_effort: 'none' }, sent: { reasoning: { effort: 'none' } } },
    { name: 'answers in a schema', given: { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' } } }, verbosity: 'low' }, sent: { text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' } }, verbosity: 'low' } } },
    { name: 'drops what the dialect lacks, and says so', given: { seed: 1, top_k: 2, logit_bias: { 1: 1 } }, sent: {}, warnings: ['dropped:top_k', 'dropped:seed', 'dropped:logit_bias'] },
    { name: 'names the user, and the cache', given: { user: 'u', prompt_cache_key: 'k' }, sent: { safety_identifier: 'u', prompt_cache_key: 'k' } },
    {
      name: 'is not strict with tools unless told to', given: { tools: [{ type: 'function', function: { name: 'f' } }, { type: 'function', function: { name: 'g', strict: true, parameters: { type: 'object' } } }], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false },
      sent: { tools: [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} }, strict: false }, { type: 'function', name: 'g', parameters: { type: 'object' }, strict: true }], tool_choice: { type: 'function', name: 'f' }, parallel_tool_calls: false },
    },
    {
      name: 'puts one instruction apart, and further ones first', given: { messages: [{ role: 'system', content: 'a' }, { role: 'system', content: 'b' }, { role: 'user', content: 'hi' }] },
      sent: { instructions: 'a', input: [{ type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'b' }] }, ...usual['input'] as Json[]] },
    },
    {
      name: 'writes a conversation as items, in order',
      given: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/i' } }, { type: 'file', file: { filename: 'a.pdf', file_data: pdf } }] }, { role: 'assistant', content: 'ok', reasoning_details: [{ type: 'reasoning.text', text: 't', signature: fromOpenai }, { type: 'reasoning.text', text: 'x', signature: fromAnthropic }], tool_calls: [chatCall('a', '{"x":1}')] }, { role: 'tool', tool_call_id: 'a', content: 'r' }, { role: 'user', content: 'go' }] },
      sent: { input: [
        { type: 'message', role: 'user', content: [{ type: 'input_image', image_url: 'https://x.test/i', detail: 'auto' }, { type: 'input_file', filename: 'a.pdf', file_data: pdf }] },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 't' }], encrypted_content: 'ENC' }, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'ok', annotations: [] }] },
        { type: 'function_call', call_id: 'a', name: 'f', arguments: '{"x":1}' }, { type: 'function_call_output', call_id: 'a', output: 'r' }, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'go' }] },
      ] },
    },
  ])('$name', ({ given, sent, warnings }) => expect(chat(given)).toEqual({ sent: { ...usual, ...sent }, warnings: warnings ?? [] }));

  it('keeps encrypted thoughts from models of another family', () => {
    const history: Json = [{ role: 'user', content: 'q' }, { role: 'assistant', content: 'a', reasoning_details: [{ type: 'reasoning.text', text: 't', signature: fromOpenai }] }, { role: 'user', content: 'r' }];
    expect(JSON.stringify(chat({ model: 'o3', messages: history }))).not.toContain('ENC');
  });

  it('hands over images of results, and thinks, for a client of anthropic-messages', () => {
    const given = messages({
      thinking: { type: 'enabled', budget_tokens: 60 }, system: 's', messages: [
        { role: 'user', content: 'q' }, { role: 'assistant', content: [{ type: 'thinking', thinking: 't', signature: fromOpenai }, { type: 'tool_use', id: 'a', name: 'f', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'seen' }, { type: 'image', source: { type: 'url', url: 'https://x.test/i' } }] }] },
      ],
    });
    expect(given).toMatchObject({ warnings: [], sent: { instructions: 's', max_output_tokens: 100, reasoning: { effort: 'medium', summary: 'auto' }, input: [
      { role: 'user' }, { type: 'reasoning', id: 'rs_1', encrypted_content: 'ENC' }, { type: 'function_call', call_id: 'a', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'seen' }, { type: 'input_image', image_url: 'https://x.test/i', detail: 'auto' }] },
    ] } });
  });

  it.each<{ name: string; outcome: Outcome; param: string }>([
    { name: 'stop texts', outcome: chat({ stop: 'END' }), param: 'stop' }, { name: 'stop sequences', outcome: messages({ stop_sequences: ['END'] }), param: 'stop_sequences' },
    { name: 'several answers', outcome: chat({ n: 2 }), param: 'n' }, { name: 'audio', outcome: chat({ messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }] }] }), param: 'messages[0].content[0]' },
    { name: 'tools of another provider', outcome: messages({ tools: [{ type: 'bash_20250124', name: 'bash' }] }), param: 'tools[0]' },
  ])('refuses $name by their name', ({ outcome, param }) => expect(outcome).toEqual({ code: 'convert_request_failed', param }));

  it('asks of a model only what it knows', () => {
    const asked = (model: string): unknown => {
      const request = openaiChat.readRequest({ model, messages: [{ role: 'user', content: 'hi' }], temperature: 0.5, reasoning_effort: 'none' });
      if (request instanceof Failure) throw new Error(request.say);
      const written = openaiResponses.writeRequest(request);
      return written instanceof Failure ? written : openai.writeRequest?.(written, request, openaiResponses, usualModelSettings);
    };
    const { include: _, ...plain } = usual;
    expect(asked('gpt-4o')).toEqual({ ...plain, model: 'gpt-4o', temperature: 0.5 });
    expect(asked('gpt-5-mini')).toEqual({ ...usual, model: 'gpt-5-mini', reasoning: { effort: 'minimal' } });
  });
});
