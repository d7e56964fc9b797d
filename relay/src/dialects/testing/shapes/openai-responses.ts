import type { Json, JsonObject } from '../../chat-event.ts';
import { done, type Shape } from './shape.ts';

let sequence = 0;
const event = (type: string, members: JsonObject): JsonObject => ({ type, sequence_number: sequence++, ...members });
const usage = { input_tokens: 9, input_tokens_details: { cached_tokens: 0 }, output_tokens: 4, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 13 };
const response = (status: string, output: Json[], more: JsonObject = {}): JsonObject => ({
  id: 'resp_1', object: 'response', created_at: 1_700_000_000, status, error: null, incomplete_details: null, instructions: null, max_output_tokens: null, model: 'm', output, parallel_tool_calls: true,
  previous_response_id: null, reasoning: { effort: null, summary: null }, store: false, temperature: 1, text: { format: { type: 'text' } }, tool_choice: 'auto', tools: [], top_p: 1, truncation: 'disabled', usage: status === 'in_progress' ? null : usage, user: null, metadata: {}, ...more,
});
const created = event('response.created', { response: response('in_progress', []) });
const ends = (output: Json[], more: JsonObject = {}): JsonObject => event('response.completed', { response: response('completed', output, more) });
const added = (output_index: number, item: JsonObject): JsonObject => event('response.output_item.added', { output_index, item });
const finished = (output_index: number, item: JsonObject): JsonObject => event('response.output_item.done', { output_index, item });
const message = (id: string, text: string, more: JsonObject = {}): JsonObject => ({ id, type: 'message', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text, annotations: [], logprobs: [] }], ...more });
const says = (output_index: number, id: string, ...pieces: string[]): JsonObject[] => {
  const place = { item_id: id, output_index, content_index: 0 }, text = pieces.join('');
  return [
    added(output_index, { ...message(id, ''), status: 'in_progress', content: [] }), event('response.content_part.added', { ...place, part: { type: 'output_text', text: '', annotations: [], logprobs: [] } }),
    ...pieces.map((delta) => event('response.output_text.delta', { ...place, delta, logprobs: [] })), event('response.output_text.done', { ...place, text, logprobs: [] }),
    event('response.content_part.done', { ...place, part: { type: 'output_text', text, annotations: [], logprobs: [] } }), finished(output_index, message(id, text)),
  ];
};
const both = (output_index: number, item: JsonObject): JsonObject[] => [added(output_index, { ...item, status: 'in_progress' }), finished(output_index, item)];
const call = (id: string, name: string, args: string): JsonObject => ({ id: `fc_${id}`, type: 'function_call', status: 'completed', call_id: `call_${id}`, name, arguments: args });
const argues = (output_index: number, id: string, delta: string): JsonObject => event('response.function_call_arguments.delta', { item_id: `fc_${id}`, output_index, delta });
const tokens = { input: 9, output: 4 };
const dialect = 'openai-responses';

/** A foreign wire: its official client is not asked. */
const foreign = { provider: 'groq' } as const;

export const openaiResponsesShapes: readonly Shape[] = [
  {
    name: 'a refusal', stream: [
      created, added(0, { ...message('msg_1', ''), content: [] }), event('response.content_part.added', { item_id: 'msg_1', output_index: 0, content_index: 0, part: { type: 'refusal', refusal: '' } }),
      event('response.refusal.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'I cannot ' }), event('response.refusal.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'do that.' }), event('response.refusal.done', { item_id: 'msg_1', output_index: 0, content_index: 0, refusal: 'I cannot do that.' }),
      finished(0, message('msg_1', '', { content: [{ type: 'refusal', refusal: 'I cannot do that.' }] })), ends([message('msg_1', '', { content: [{ type: 'refusal', refusal: 'I cannot do that.' }] })]),
    ],
    expected: { dialect, refusal: 'I cannot do that.', usage: tokens },
  },
  { name: 'an answer that ran out of room', stream: [created, ...says(0, 'msg_1', 'Hel'), event('response.incomplete', { response: response('incomplete', [message('msg_1', 'Hel', { status: 'incomplete' })], { incomplete_details: { reason: 'max_output_tokens' } }) })], expected: { dialect, text: 'Hel', finish: 'length', usage: tokens } },
  { name: 'an answer that was filtered, whole', whole: response('incomplete', [], { incomplete_details: { reason: 'content_filter' } }), expected: { dialect, finish: 'content_filter', usage: tokens } },
  {
    name: 'a call of a tool that takes free text, in pieces', stream: [
      created, added(0, { id: 'ctc_1', type: 'custom_tool_call', status: 'in_progress', call_id: 'call_1', name: 'run', input: '' }), event('response.custom_tool_call_input.delta', { item_id: 'ctc_1', output_index: 0, delta: 'say "' }), event('response.custom_tool_call_input.delta', { item_id: 'ctc_1', output_index: 0, delta: 'hi"\n🙂' }),
      event('response.custom_tool_call_input.done', { item_id: 'ctc_1', output_index: 0, input: 'say "hi"\n🙂' }), finished(0, { id: 'ctc_1', type: 'custom_tool_call', status: 'completed', call_id: 'call_1', name: 'run', input: 'say "hi"\n🙂' }), ends([{ id: 'ctc_1', type: 'custom_tool_call', status: 'completed', call_id: 'call_1', name: 'run', input: 'say "hi"\n🙂' }]),
    ],
    expected: { dialect, calls: [{ id: 'call_1', name: 'run', arguments: '{"input":"say \\"hi\\"\\n🙂"}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'every hosted item that there is, and events that nobody knows',
    stream: [
      created, event('response.queued', { response: response('queued', []) }), ...both(0, { id: 'mcpl_1', type: 'mcp_list_tools', server_label: 's', tools: [] }), event('response.mcp_list_tools.completed', { item_id: 'mcpl_1', output_index: 0 }),
      ...both(1, { id: 'mcp_1', type: 'mcp_call', name: 'echo', arguments: '{}', server_label: 's', output: 'x', error: null, approval_request_id: null }), event('response.mcp_call_arguments.delta', { item_id: 'mcp_1', output_index: 1, delta: '{}' }),
      added(2, { id: 'ci_1', type: 'code_interpreter_call', status: 'in_progress', code: '', container_id: 'cntr_1', outputs: null }), event('response.code_interpreter_call_code.delta', { item_id: 'ci_1', output_index: 2, delta: 'print(1)' }), finished(2, { id: 'ci_1', type: 'code_interpreter_call', status: 'completed', code: 'print(1)', container_id: 'cntr_1', outputs: [] }),
      ...both(3, { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'q' } }), ...both(4, { id: 'fs_1', type: 'file_search_call', status: 'completed', queries: ['q'], results: null }), ...both(5, { id: 'sh_1', type: 'shell_call', status: 'completed', call_id: 'call_s', action: { commands: ['ls'] } }),
      ...both(6, { id: 'cmp_1', type: 'compaction', encrypted_content: 'gAAA' }), event('response.something.new', { output_index: 6, delta: 'x' }), event('keepalive', {}), ...says(7, 'msg_1', 'Do', 'ne.'), ends([message('msg_1', 'Done.')]),
    ],
    expected: { dialect, text: 'Done.', usage: tokens },
  },
  {
    name: 'a picture in parts, then whole', stream: [
      created, added(0, { id: 'ig_1', type: 'image_generation_call', status: 'in_progress' }), event('response.image_generation_call.partial_image', { item_id: 'ig_1', output_index: 0, partial_image_index: 0, partial_image_b64: 'AAAA' }),
      finished(0, { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'iVBORw0KGgo=' }), ends([{ id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'iVBORw0KGgo=' }]),
    ],
    expected: { dialect, shows: { 'openai-chat': ['data:image/png;base64,iVBORw0KGgo='], gemini: ['iVBORw0KGgo='] }, usage: tokens },
  },
  {
    name: 'two calls whose arguments take turns', stream: [created, added(0, { ...call('1', 'f', ''), status: 'in_progress' }), added(1, { ...call('2', 'g', ''), status: 'in_progress' }), argues(0, '1', '{"a":'), argues(1, '2', '{"b"'), argues(0, '1', '1}'), argues(1, '2', ':2}'), finished(0, call('1', 'f', '{"a":1}')), finished(1, call('2', 'g', '{"b":2}')), ends([call('1', 'f', '{"a":1}'), call('2', 'g', '{"b":2}')])],
    expected: { dialect, calls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}' }, { id: 'call_2', name: 'g', arguments: '{"b":2}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'ids that change with each event', stream: [
      created, added(0, { id: 'x1', type: 'reasoning', summary: [], encrypted_content: null }), event('response.reasoning_summary_text.delta', { item_id: 'x2', output_index: 0, summary_index: 0, delta: 'R' }), finished(0, { id: 'x3', type: 'reasoning', summary: [{ type: 'summary_text', text: 'R' }], encrypted_content: null }),
      added(1, { ...message('x4', ''), content: [] }), event('response.output_text.delta', { item_id: 'x5', output_index: 1, content_index: 0, delta: 'Hi' }), finished(1, message('x6', 'Hi')), ends([{ id: 'x7', type: 'reasoning', summary: [{ type: 'summary_text', text: 'R' }] }, message('x8', 'Hi')]),
    ],
    ...foreign, expected: { dialect, text: 'Hi', reasoning: 'R', usage: tokens },
  },
  { name: 'items that are never announced', stream: [created, event('response.reasoning_summary_text.delta', { item_id: 'rs_1', output_index: 0, summary_index: 0, delta: 'R' }), event('response.output_text.delta', { item_id: 'msg_1', output_index: 1, content_index: 0, delta: 'Hi' }), event('response.output_text.done', { item_id: 'msg_1', output_index: 1, content_index: 0, text: 'Hi!' }), ends([])], ...foreign, expected: { dialect, text: 'Hi!', reasoning: 'R', usage: tokens } },
  { name: 'items that stand in the last event only', stream: [created, ends([message('msg_1', 'Hi'), call('1', 'f', '{}')])], ...foreign, expected: { dialect, text: 'Hi', calls: [{ id: 'call_1', name: 'f', arguments: '{}' }], finish: 'tool_calls', usage: tokens } },
  { name: 'pieces that end early, and ends that tell the rest', stream: [created, added(0, { ...message('msg_1', ''), content: [] }), event('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'He' }), finished(0, message('msg_1', 'Hello')), added(1, { ...call('1', 'f', ''), status: 'in_progress' }), argues(1, '1', '{"a"'), finished(1, call('1', 'f', '{"a":1}')), ends([])], ...foreign, expected: { dialect, text: 'Hello', calls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}' }], finish: 'tool_calls', usage: tokens } },
  {
    name: 'several texts in one message, and thoughts in several parts, whole',
    whole: response('completed', [
      { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'One' }, { type: 'summary_text', text: 'Two' }], encrypted_content: 'gAAA' },
      { id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'First. ', annotations: [] }, { type: 'output_text', text: 'Second.', annotations: [{ type: 'url_citation', url: 'https://a.test/x', title: 'A', start_index: 0, end_index: 6 }] }] },
    ], { usage: { ...usage, output_tokens_details: { reasoning_tokens: 3 }, input_tokens_details: { cached_tokens: 5, cache_write_tokens: 2 } }, billing: { payer: 'developer' }, tool_usage: {} }),
    expected: { dialect, text: 'First. Second.', reasoning: 'One\n\nTwo', shows: { 'openai-chat': ['"start_index":7,"end_index":13'], gemini: ['"startIndex":7,"endIndex":13'] }, usage: { ...tokens, cacheRead: 5, cacheWrite: 2, reasoning: 3 } },
  },
  { name: 'arguments that are an object', whole: response('completed', [{ ...call('1', 'f', ''), arguments: { a: 1 } }]), ...foreign, expected: { dialect, calls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}' }], finish: 'tool_calls', usage: tokens } },
  { name: 'figures without details, but of thoughts', whole: response('completed', [message('msg_1', 'Hi')], { usage: { input_tokens: 9, output_tokens: 4, output_tokens_details: { reasoning_tokens: 3 }, total_tokens: 13 } }), ...foreign, expected: { dialect, text: 'Hi', usage: { ...tokens, reasoning: 3 } } },
  { name: 'a failure and nothing else', stream: [created, event('response.failed', { response: response('failed', [], { usage: null, error: { code: 'rate_limit_exceeded', message: 'Request too large' } }) })], expected: { dialect, failure: 'rate_limit_exceeded' } },
  { name: 'an error that stands flat', stream: [created, event('error', { code: 'server_error', message: 'It broke', param: null })], expected: { dialect, failure: 'server_error' } },
  { name: 'an error without a code', stream: [created, event('error', { error: { type: 'server_error', code: null, message: 'It broke', param: null } })], expected: { dialect, failure: 'server_error' } },
  { name: 'CRLF, comments, pings, and the end of another dialect', stream: [': ok\r\n\r\n', `data: ${JSON.stringify(created)}\r\n\r\n`, 'event: keepalive\r\ndata: {"type":"keepalive","sequence_number":3}\r\n\r\n', ...[...says(0, 'msg_1', 'Hi'), ends([message('msg_1', 'Hi')])].map((one) => `event: ${JSON.stringify(one['type']).slice(1, -1)}\r\ndata: ${JSON.stringify(one)}\r\n\r\n`), done], ...foreign, expected: { dialect, text: 'Hi', usage: tokens } },
];
