import type { Json, JsonObject } from '../../chat-event.ts';
import type { Shape } from './shape.ts';

const start = (more: JsonObject = {}, usage: Json = { input_tokens: 9, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1, service_tier: 'standard' }): JsonObject =>
  ({ type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null, usage, ...more } });
const open = (index: number, content_block: JsonObject): JsonObject => ({ type: 'content_block_start', index, content_block });
const grow = (index: number, delta: JsonObject): JsonObject => ({ type: 'content_block_delta', index, delta });
const stop = (index: number): JsonObject => ({ type: 'content_block_stop', index });
const text = (index: number, ...pieces: string[]): JsonObject[] => [open(index, { type: 'text', text: '' }), ...pieces.map((piece) => grow(index, { type: 'text_delta', text: piece })), stop(index)];
const end = (stop_reason: string, usage: Json = { output_tokens: 4 }, more: JsonObject = {}): JsonObject[] => [{ type: 'message_delta', delta: { stop_reason, stop_sequence: null, ...more }, usage }, { type: 'message_stop' }];
const block = (index: number, content_block: JsonObject): JsonObject[] => [open(index, content_block), stop(index)];
const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };
const found = { type: 'web_search_result_location', url: 'https://a.test/x', title: 'A', encrypted_index: 'e', cited_text: 'so' };
const tokens = { input: 9, output: 4 };

export const anthropicShapes: readonly Shape[] = [
  {
    name: 'content that stands in the start already',
    stream: [start({ content: [{ type: 'code_execution_tool_result', tool_use_id: 'srvtoolu_1', content: { type: 'code_execution_result', stdout: '1\n', stderr: '', return_code: 0, content: [] } }, { type: 'tool_use', id: 'toolu_1', name: 'lookup', input: { id: 'c1' }, caller: { type: 'code_execution_20250825', tool_id: 'srvtoolu_2' } }], container: { id: 'container_1', expires_at: '2026-04-24T00:40:16Z' }, stop_reason: 'tool_use' }), { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 4 } }, { type: 'message_stop' }],
    expected: { calls: [{ id: 'toolu_1', name: 'lookup', arguments: '{"id":"c1"}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'a search that runs out of turns, with what it rests on',
    stream: [
      start(), ...text(0, 'Let me look.'), open(1, search), grow(1, { type: 'input_json_delta', partial_json: '' }), grow(1, { type: 'input_json_delta', partial_json: '{"query":"so"}' }), stop(1),
      ...block(2, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [{ type: 'web_search_result', title: 'A', url: 'https://a.test/x', encrypted_content: 'abc', page_age: null }] }),
      open(3, { citations: [], type: 'text', text: '' }), grow(3, { type: 'citations_delta', citation: found }), grow(3, { type: 'text_delta', text: 'It is so.' }), stop(3), ...end('pause_turn', { output_tokens: 4, server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 } }),
    ],
    expected: { text: 'Let me look.It is so.', finish: 'pause', shows: { 'openai-chat': ['https://a.test/x'], 'openai-responses': ['web_search_call', '"query":"so"', 'https://a.test/x'], gemini: ['https://a.test/x'] }, usage: tokens },
  },
  {
    name: 'a search that failed, code that ran, files, tools of MCP and a block that nobody knows',
    stream: [
      start({ container: { id: 'container_1', expires_at: 'x' } }), ...block(0, { type: 'web_search_tool_result', tool_use_id: 's', content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' } }),
      ...block(1, { type: 'bash_code_execution_tool_result', tool_use_id: 's', content: { type: 'bash_code_execution_result', stdout: '', stderr: '', return_code: 0, content: [{ type: 'bash_code_execution_output', file_id: 'file_1' }] } }),
      ...block(2, { type: 'mcp_tool_use', id: 'mcptoolu_1', name: 'echo', server_name: 's', input: {} }), ...block(3, { type: 'mcp_tool_result', tool_use_id: 'mcptoolu_1', is_error: false, content: [{ type: 'text', text: 'x' }] }),
      ...block(4, { type: 'tool_search_tool_result', tool_use_id: 's', content: { type: 'tool_search_tool_search_result', tool_references: [{ type: 'tool_reference', tool_name: 'f' }] } }),
      open(5, { type: 'something_new', payload: { a: 1 } }), grow(5, { type: 'something_delta', piece: 'x' }), stop(5), { type: 'something_else' }, ...text(6, 'Done.'), ...end('end_turn'),
    ],
    expected: { text: 'Done.', usage: tokens },
  },
  {
    name: 'a compaction, and figures of several rounds',
    stream: [start(), open(0, { type: 'compaction', content: null }), grow(0, { type: 'compaction_delta', content: 'In short: so.' }), stop(0), ...text(1, 'Hi'), ...end('end_turn', { input_tokens: 5, output_tokens: 4, iterations: [{ type: 'compaction', input_tokens: 100, output_tokens: 20 }, { type: 'message', input_tokens: 5, output_tokens: 4 }] })],
    expected: { text: 'Hi', usage: { input: 105, output: 24 } },
  },
  {
    name: 'another model that takes over in the middle',
    stream: [
      start(), open(0, { type: 'thinking', thinking: '', signature: '' }), grow(0, { type: 'thinking_delta', thinking: 'One. ' }), grow(0, { type: 'signature_delta', signature: 'S1' }), stop(0), ...block(1, { type: 'fallback', from: { model: 'a' }, to: { model: 'b' } }),
      open(2, { type: 'thinking', thinking: '', signature: '' }), grow(2, { type: 'thinking_delta', thinking: 'Two.' }), grow(2, { type: 'signature_delta', signature: 'S2' }), stop(2), open(3, { type: 'tool_use', id: 'toolu_1', name: 'lookup', input: {} }), grow(3, { type: 'input_json_delta', partial_json: '{"q":"x"}' }), stop(3),
      ...end('tool_use', { output_tokens: 70, iterations: [{ type: 'message', model: 'a', input_tokens: 9, output_tokens: 40 }, { type: 'fallback_message', model: 'b', input_tokens: 12, output_tokens: 30 }] }),
    ],
    expected: { reasoning: 'One. Two.', calls: [{ id: 'toolu_1', name: 'lookup', arguments: '{"q":"x"}' }], finish: 'tool_calls', usage: { input: 9, output: 70 } },
  },
  {
    name: 'usage at the end only, with caches of both lengths',
    stream: [start({}, null), ...text(0, 'Hi'), ...end('end_turn', { input_tokens: 6, cache_creation_input_tokens: 30, cache_read_input_tokens: 40, cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 }, output_tokens: 4, output_tokens_details: { thinking_tokens: 3 }, service_tier: 'priority', inference_geo: 'eu' })],
    expected: { text: 'Hi', usage: { input: 76, cacheRead: 40, cacheWrite: 10, cacheWrite1h: 20, output: 4, reasoning: 3 } },
  },
  {
    name: 'figures that are null at the end', stream: [start({}, { input_tokens: 9, output_tokens: 4 }), ...text(0, 'Hi'), ...end('end_turn', { input_tokens: null, cache_read_input_tokens: null, output_tokens: 4, server_tool_use: null })],
    expected: { text: 'Hi', usage: tokens },
  },
  {
    name: 'thoughts without words, hidden ones, and thoughts behind a text',
    stream: [
      start(), open(0, { type: 'thinking', thinking: '', signature: '' }), grow(0, { type: 'signature_delta', signature: 'S1' }), stop(0), ...block(1, { type: 'redacted_thinking', data: 'HIDDEN' }), ...text(2, 'A'),
      open(3, { type: 'thinking', thinking: 'R', signature: 'S2' }), stop(3), ...text(4, 'B'), ...end('end_turn'),
    ],
    expected: { text: 'AB', reasoning: 'R', usage: tokens },
  },
  { name: 'a block that begins where another was not ended', stream: [start(), open(0, { type: 'text', text: '' }), grow(0, { type: 'text_delta', text: '---' }), open(0, { type: 'thinking', thinking: '' }), grow(0, { type: 'thinking_delta', thinking: 'R' }), stop(0), ...text(1, 'B'), ...end('end_turn')], expected: { text: '---B', reasoning: 'R', usage: tokens } },
  { name: 'a text and an input that stand in the start of their blocks', stream: [start(), open(0, { type: 'text', text: 'He' }), grow(0, { type: 'text_delta', text: 'llo' }), stop(0), ...block(1, { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: [1] } }), ...end('tool_use')], expected: { text: 'Hello', calls: [{ id: 'toolu_1', name: 'f', arguments: '{"a":[1]}' }], finish: 'tool_calls', usage: tokens } },
  {
    name: 'an input cut inside an escape and a character', stream: [start(), open(0, { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }), ...['{"a": "x\\', '"y \\ud83d', '\\ude42 é"', '}'].map((partial_json) => grow(0, { type: 'input_json_delta', partial_json })), stop(0), ...end('tool_use')],
    expected: { calls: [{ id: 'toolu_1', name: 'f', arguments: '{"a": "x\\"y \\ud83d\\ude42 é"}' }], finish: 'tool_calls', usage: tokens },
  },
  { name: 'the stop text that was met', stream: [start(), ...text(0, 'Hi'), ...end('stop_sequence', { output_tokens: 4 }, { stop_sequence: 'END' })], expected: { text: 'Hi', finish: 'stop_sequence', usage: tokens } },
  { name: 'no more room', stream: [start(), ...text(0, 'Hi'), ...end('model_context_window_exceeded')], expected: { text: 'Hi', finish: 'context_window', usage: tokens } },
  {
    name: 'a refusal that says why', stream: [start(), ...end('refusal', { output_tokens: 4 }, { stop_details: { type: 'refusal', category: 'cyber', explanation: 'Not this.' } })],
    expected: { finish: 'content_filter', why: 'Not this.', shows: { 'openai-chat': ['"refusal":"Not this."'], 'openai-responses': ['{"type":"refusal","refusal":"Not this."}'], gemini: ['"finishMessage":"Not this."'] }, usage: tokens },
  },
  {
    name: 'a refusal that says why, whole', whole: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: 'refusal', stop_sequence: null, stop_details: { type: 'refusal', category: null, explanation: 'Not this.' }, usage: { input_tokens: 9, output_tokens: 4 } },
    expected: { finish: 'content_filter', why: 'Not this.', shows: { 'openai-chat': ['"content":"","refusal":"Not this."'], 'openai-responses': ['{"type":"refusal","refusal":"Not this."}'], gemini: ['"finishMessage":"Not this."'] }, usage: tokens },
  },
  { name: 'a reason that nobody knows, and no last event', stream: [start(), ...text(0, 'Hi'), end('something_new')[0]!], expected: { text: 'Hi', usage: tokens } },
  { name: 'an end that says no reason', stream: [start(), ...text(0, 'Hi'), { type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 4 } }, { type: 'message_stop' }], expected: { text: 'Hi', usage: tokens } },
  { name: 'an overload in the middle', stream: [start(), open(0, { type: 'text', text: '' }), grow(0, { type: 'text_delta', text: 'He' }), { type: 'error', error: { details: null, type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_1' }], expected: { failure: 'overloaded_error' } },
  {
    name: 'CRLF, comments, blank events, names that are missing, and the end of another dialect', provider: 'openrouter',
    stream: [
      ': OPENROUTER PROCESSING\r\n\r\n', `data: ${JSON.stringify(start())}\r\n\r\n`, 'event: ping\r\ndata: {"type": "ping"}\r\n\r\n', 'data:\r\n\r\n', ...text(0, 'Hi ', 'you').map((event) => `event: ${JSON.stringify(event['type']).slice(1, -1)}\r\ndata: ${JSON.stringify(event)}\r\n\r\n`),
      ...end('end_turn').map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`), 'data: [DONE]\r\n\r\n',
    ],
    expected: { dialect: 'anthropic-messages', text: 'Hi you', usage: tokens },
  },
  {
    name: 'every kind of block, whole',
    whole: {
      id: 'msg_1', type: 'message', role: 'assistant', model: 'm', container: null, context_management: { applied_edits: [] }, stop_reason: 'tool_use', stop_sequence: null,
      content: [
        { type: 'thinking', thinking: 'R', signature: 'S' }, { type: 'redacted_thinking', data: 'D' }, { type: 'text', text: 'A ', citations: null }, { type: 'text', text: 'cites', citations: [{ type: 'page_location', cited_text: 'c', document_index: 0, document_title: 'Doc', start_page_number: 1, end_page_number: 2, file_id: null }, found] },
        { ...search, input: { query: 'q' } }, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] }, { type: 'tool_use', id: 'toolu_1', name: 'f', input: {}, caller: { type: 'direct' } }, { type: 'tool_use', id: 'toolu_2', name: 'g', input: { a: 'b' } },
      ],
      usage: { input_tokens: 9, cache_creation_input_tokens: null, cache_read_input_tokens: null, output_tokens: 4, server_tool_use: { web_search_requests: 1 } },
    },
    expected: { text: 'A cites', reasoning: 'R', calls: [{ id: 'toolu_1', name: 'f', arguments: '' }, { id: 'toolu_2', name: 'g', arguments: '{"a":"b"}' }], finish: 'tool_calls', shows: { 'openai-chat': ['https://a.test/x'], 'openai-responses': ['https://a.test/x'], gemini: ['https://a.test/x', '"title":"Doc"'] }, usage: tokens },
  },
];
