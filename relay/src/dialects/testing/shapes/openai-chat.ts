import type { Json, JsonObject } from '../../chat-event.ts';
import { missingCallId } from '../../request/tool-call-id.ts';
import { done, type Shape } from './shape.ts';

/** For a call that came without one. */
const madeUp = (place: number): string => missingCallId('chatcmpl-1', place);
const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'm' };
const chunk = (delta: Json, finish: string | null = null, more: JsonObject = {}): JsonObject => ({ ...head, choices: [{ index: 0, delta, finish_reason: finish }], ...more });
const call = (...fragments: Json[]): JsonObject => chunk({ tool_calls: fragments });
const whole = (message: JsonObject, finish: string, more: JsonObject = {}): JsonObject =>
  ({ id: 'chatcmpl-1', object: 'chat.completion', created: 1_700_000_000, model: 'm', choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }], ...more });
const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };
const tokens = { input: 9, output: 4 };
const weather = { id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' };
const detail = (members: JsonObject): JsonObject => ({ reasoning_details: [{ type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0, ...members }] });

export const openaiChatShapes: readonly Shape[] = [
  {
    name: 'a name that comes after the id and some arguments',
    stream: [call({ index: 0, id: 'call_1', type: 'function', function: { arguments: '{"city"' } }), call({ index: 0, function: { name: 'weather', arguments: ':"Os' } }), call({ index: 0, function: { arguments: 'lo"}' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: { calls: [weather], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'an empty name first',
    stream: [call({ index: 0, id: 'call_1', type: 'function', function: { name: '', arguments: '' } }), call({ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: { calls: [weather], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'an id that comes after the name', provider: 'ohmygpt',
    stream: [call({ index: 0, function: { name: 'weather', arguments: '' } }), call({ index: 0, id: null, function: { name: null, arguments: '{"city":"Oslo"}' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: { calls: [{ ...weather, id: madeUp(0) }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'calls with the first index 1, as bridges number them', provider: 'ohmygpt',
    stream: [chunk({ role: 'assistant', content: '' }), call({ index: 1, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }), call({ index: 1, id: null, function: { name: null, arguments: '{"city":"Oslo"}' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: { calls: [weather], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'a place for a call that never came',
    stream: [chunk({ content: 'Hi' }), call({ index: 0, id: '', function: { name: '', arguments: '' } }), chunk({ content: '!', tool_calls: null }), chunk({ tool_calls: [] }, 'stop', { usage }), done],
    expected: { text: 'Hi!', usage: tokens },
  },
  {
    name: 'empty lists of calls beside thoughts and text', provider: 'ohmygpt',
    stream: [chunk({ role: 'assistant', content: '', reasoning_content: 'Think ', tool_calls: [] }), chunk({ content: '', reasoning_content: 'more.', tool_calls: [] }), chunk({ content: 'Hello', reasoning_content: '', tool_calls: [] }, 'stop')],
    expected: { text: 'Hello', reasoning: 'Think more.' },
  },
  {
    name: 'whole calls in chunks of their own, without numbers and ids, arguments as objects', mended: true, provider: 'ohmygpt',
    stream: [call({ function: { name: 'weather', arguments: { city: 'Oslo' } } }), call({ function: { name: 'time', arguments: { zone: 1 } } }), chunk({}, 'tool_calls', { usage }), done],
    expected: {
      calls: [{ ...weather, id: madeUp(0) }, { id: madeUp(1), name: 'time', arguments: '{"zone":1}' }], finish: 'tool_calls', usage: tokens,
    },
  },
  {
    name: 'whole calls of one function under one number, without ids, one of them twice', provider: 'ohmygpt', mended: true,
    stream: [...['Oslo', 'Rome', 'Rome'].map((city) => call({ index: 0, id: '', type: 'function', function: { name: 'weather', arguments: `{"city":"${city}"}` } })), call({ index: 0, id: '', function: { name: 'time', arguments: '{}' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: {
      calls: [{ ...weather, id: madeUp(0) }, { id: madeUp(1), name: 'weather', arguments: '{"city":"Rome"}' }, { id: madeUp(2), name: 'time', arguments: '{}' }], finish: 'tool_calls', usage: tokens,
    },
  },
  {
    name: 'two calls that take turns', provider: 'ohmygpt',
    stream: [
      call({ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"city":' } }, { index: 1, id: 'call_2', function: { name: 'time', arguments: '{"zo' } }),
      call({ index: 1, function: { arguments: 'ne":1}' } }), call({ index: 0, function: { arguments: '"Oslo"}' } }), chunk({}, 'tool_calls', { usage }), done,
    ],
    expected: { calls: [weather, { id: 'call_2', name: 'time', arguments: '{"zone":1}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'numbers that no double holds', stream: [call({ index: 0, id: 'call_1', function: { name: 'f', arguments: '{"id":12345678901234567890,"x":1.0}' } }), chunk({}, 'tool_calls'), done],
    expected: { calls: [{ id: 'call_1', name: 'f', arguments: '{"id":12345678901234567890,"x":1.0}' }], finish: 'tool_calls' },
  },
  {
    name: 'the old form of calls', stream: [chunk({ role: 'assistant', content: null, function_call: { name: 'weather', arguments: '' } }), chunk({ function_call: { arguments: '{"city":"Oslo"}' } }), chunk({}, 'function_call', { usage }), done],
    expected: { calls: [{ ...weather, id: madeUp(0) }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'a call of a tool that takes free text',
    stream: [call({ index: 0, id: 'call_1', type: 'custom', custom: { name: 'run', input: '' } }), call({ index: 0, custom: { input: 'say "' } }), call({ index: 0, custom: { input: 'hi"\n' } }), chunk({}, 'tool_calls', { usage }), done],
    expected: { calls: [{ id: 'call_1', name: 'run', arguments: '{"input":"say \\"hi\\"\\n"}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'such a call, whole', whole: whole({ content: null, tool_calls: [{ id: 'call_1', type: 'custom', custom: { name: 'run', input: 'ls' } }] }, 'tool_calls', { usage }),
    expected: { calls: [{ id: 'call_1', name: 'run', arguments: '{"input":"ls"}' }], finish: 'tool_calls', usage: tokens },
  },
  {
    name: 'a refusal', stream: [chunk({ role: 'assistant', content: '', refusal: null }), chunk({ refusal: 'I cannot ' }), chunk({ refusal: 'do that.' }), chunk({}, 'stop', { usage }), done],
    expected: { refusal: 'I cannot do that.', usage: tokens },
  },
  { name: 'a refusal, whole', whole: whole({ content: null, refusal: 'I cannot do that.' }, 'stop', { usage }), expected: { refusal: 'I cannot do that.', usage: tokens } },
  {
    name: 'an end that is written as the text null, and one in capitals', provider: 'ohmygpt', stream: [chunk({ content: 'a' }, 'null'), chunk({ content: 'b' }, ''), chunk({ content: '' }, 'MAX_TOKENS'), { ...head, choices: [], usage }],
    expected: { text: 'ab', finish: 'length', usage: tokens },
  },
  {
    name: 'events of Azure with nothing but filters',
    stream: [
      { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }] },
      chunk({ content: 'ab' }), { id: '', object: '', created: 0, model: '', choices: [{ index: 0, finish_reason: null, content_filter_offsets: { check_offset: 44, start_offset: 44, end_offset: 64 }, content_filter_results: {} }] },
      chunk({}, 'content_filter', { usage }), done,
    ],
    expected: { text: 'ab', finish: 'content_filter', usage: tokens },
  },
  {
    name: 'no delta, and at the end the whole message again', provider: 'ohmygpt',
    stream: [chunk(null), chunk({ content: 'Hi' }), { ...head, object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }], usage, input_sensitive: false, base_resp: { status_code: 0, status_msg: '' } }],
    expected: { text: 'Hi', usage: tokens },
  },
  { name: 'nothing but the whole message', provider: 'ohmygpt', stream: [{ ...head, choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }], usage }, done], expected: { text: 'Hi', usage: tokens } },
  {
    name: 'CRLF, comments, a mark of byte order, pings, blank events and ids', provider: 'ohmygpt',
    stream: ['\uFEFF: OPENROUTER PROCESSING\r\n\r\n', `id: 1\r\nretry: 3000\r\ndata:${JSON.stringify(chunk({ content: 'é🙂' }))}\r\n\r\n`, 'data: \r\n\r\n', 'event: ping\r\ndata: {"type":"ping"}\r\n\r\n', ':\r\n\r\n', `data: ${JSON.stringify(chunk({ content: '!' }, 'stop', { usage }))}\r\n\r\n`, 'data: [DONE]\r\n\r\n'],
    expected: { text: 'é🙂!', usage: tokens },
  },
  {
    name: 'an event in several lines', stream: [`data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\ndata: "choices":[{"index":0,"delta":{"content":"Hi"},\ndata: "finish_reason":"stop"}]}\n\n`, done],
    expected: { text: 'Hi' },
  },
  {
    name: 'OpenRouter: thoughts twice, their signature alone',
    provider: 'openrouter', stream: [chunk({ reasoning: 'Let', ...detail({ text: 'Let', signature: null }) }), chunk({ reasoning: ' me', ...detail({ text: ' me' }) }), chunk({ reasoning: null, ...detail({ signature: 'SIG' }) }), chunk({ content: 'Hi' }), chunk({}, 'stop', { usage: { ...usage, cost: 0.1, cost_details: { upstream_inference_cost: null } } }), done],
    expected: { reasoning: 'Let me', text: 'Hi', usage: tokens },
  },
  {
    name: 'OpenRouter: thoughts as details only, two of them, with signatures', provider: 'openrouter',
    whole: whole({ content: 'Hi', reasoning: 'AB', reasoning_details: [{ type: 'reasoning.text', text: 'A', signature: 'S1', index: 0 }, { type: 'reasoning.text', text: 'B', signature: 'S2', index: 1 }] }, 'stop', { usage }),
    expected: { reasoning: 'AB', text: 'Hi', usage: tokens },
  },
  {
    name: 'OpenRouter: a summary, and what is hidden', provider: 'openrouter',
    stream: [chunk({ reasoning_details: [{ type: 'reasoning.summary', summary: 'In short', format: 'openai-responses-v1', index: 0 }] }), chunk({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'gAAA', format: 'openai-responses-v1', id: 'rs_1', index: 0 }] }), chunk({ content: 'Hi' }, 'stop', { native_finish_reason: 'completed', provider: 'OpenAI', usage }), done],
    expected: { reasoning: 'In short', text: 'Hi', usage: tokens },
  },
  {
    name: 'OpenRouter: an error in the middle', provider: 'openrouter',
    stream: [chunk({ content: 'He' }), { ...head, error: { code: 502, message: 'Provider disconnected' }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }],
    expected: { failure: '502' },
  },
  { name: 'an error of the choice', provider: 'openrouter', stream: [chunk({ content: 'He' }), { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'error', error: { code: 429, message: 'slow down' } }] }], expected: { failure: 'error' } },
  { name: 'an error whose code is a number', stream: [chunk({ content: 'He' }), { error: { message: 'Internal', type: 'server_error', code: 500, param: null } }, done], expected: { failure: '500' } },
  { name: 'a refusal that is no error by name', provider: 'ohmygpt', stream: [chunk({ content: 'He' }), { object: 'error', message: 'out of memory', type: 'BadRequestError', code: 400 }], expected: { failure: '400' } },
  {
    name: 'Groq: usage in a member of its own', provider: 'groq', stream: [chunk({ role: 'assistant', content: '' }, null, { x_groq: { id: 'req_1' } }), chunk({ reasoning: 'Hm', channel: 'analysis' }), chunk({ content: 'Hi' }), chunk({}, 'stop', { x_groq: { id: 'req_1', usage: { ...usage, queue_time: 0.1 } } }), done],
    expected: { text: 'Hi', reasoning: 'Hm', usage: tokens },
  },
  {
    name: 'figures that are null, then true, then zero', provider: 'ohmygpt', stream: [chunk({ content: 'Hi' }, null, { usage: null }), chunk({}, 'stop', { usage: { ...usage, prompt_tokens_details: null, completion_tokens_details: null } }), chunk({}, null, { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }), done],
    expected: { text: 'Hi', usage: tokens },
  },
  {
    name: 'every figure that there is',
    whole: whole({ content: 'Hi', refusal: null, annotations: [], audio: null, function_call: null, tool_calls: null }, 'stop', {
      service_tier: 'default', system_fingerprint: null,
      usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, prompt_tokens_details: { cached_tokens: 40, audio_tokens: 10, image_tokens: 20, text_tokens: 70 }, completion_tokens_details: { reasoning_tokens: 20, audio_tokens: 5, accepted_prediction_tokens: 1, rejected_prediction_tokens: 2 } },
    }),
    expected: { text: 'Hi', usage: { input: 100, output: 50, cacheRead: 40, inputAudio: 10, inputImage: 20, outputAudio: 5, reasoning: 20 } },
  },
  {
    name: 'parts instead of a text, with a thought that is a text, and a picture', provider: 'ohmygpt',
    whole: whole({ content: [{ type: 'thinking', thinking: 'Hm', closed: true }, { type: 'text', text: 'A' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }, { type: 'text', text: 'B' }, { type: 'reference', reference_ids: [1] }], tool_calls: null }, 'stop', { usage }),
    expected: { reasoning: 'Hm', text: 'AB', shows: { 'openai-responses': ['iVBORw0KGgo='], gemini: ['iVBORw0KGgo='] }, usage: tokens },
  },
  {
    name: 'sound in pieces', stream: [chunk({ role: 'assistant', audio: { id: 'audio_1', transcript: 'Hel' } }), chunk({ audio: { transcript: 'lo' } }), chunk({ audio: { data: 'UklGRgAA' } }), chunk({ audio: { expires_at: 1 } }), chunk({}, 'stop', { usage }), done],
    expected: { shows: { gemini: ['UklGRgAA'] }, usage: tokens },
  },
  {
    name: 'pictures beside the text', provider: 'openrouter', stream: [chunk({ content: 'Look: ' }), chunk({ content: '', images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] }), chunk({}, 'stop', { usage }), done],
    expected: { text: 'Look: ', shows: { 'openai-responses': ['iVBORw0KGgo='], gemini: ['iVBORw0KGgo='] }, usage: tokens },
  },
  {
    name: 'addresses that it rests on, as objects and as texts', provider: 'ohmygpt', stream: [chunk({ content: 'So.' }, null, { citations: ['https://a.test/x'], search_results: [{ title: 'A', url: 'https://a.test/x' }] }), chunk({}, 'stop', { usage, citations: ['https://a.test/x'] }), done],
    expected: { text: 'So.', shows: { 'openai-responses': ['https://a.test/x'], gemini: ['https://a.test/x'] }, usage: tokens },
  },
  {
    name: 'annotations of a search', stream: [chunk({ content: 'So it is.' }), chunk({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.test/x', title: 'A', start_index: 3, end_index: 8 } }] }), chunk({}, 'stop', { usage }), done],
    expected: { text: 'So it is.', shows: { 'openai-responses': ['"start_index":3,"end_index":8'], gemini: ['"startIndex":3,"endIndex":8'] }, usage: tokens },
  },
  { name: 'thoughts between its answers and calls', provider: 'deepseek', stream: [chunk({ content: 'A' }), chunk({ reasoning_content: 'R1' }), chunk({ content: 'B' }), chunk({ reasoning_content: 'R2' }), call({ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }), chunk({ content: 'C' }), chunk({}, 'tool_calls', { usage: { ...usage, prompt_cache_hit_tokens: 5, prompt_cache_miss_tokens: 4 } }), done], expected: { text: 'ABC', reasoning: 'R1R2', calls: [weather], finish: 'tool_calls', usage: { ...tokens, cacheRead: 5 } } },
];
