/** Clients of openai-responses, at a provider that speaks it and at providers that do not, over real sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({
    channels: [
      { id: 1, type: 1, baseUrl: far.url, models: ['gpt-5', 'alias'], modelMapping: new Map([['alias', 'gpt-5']]) },
      { id: 2, type: 14, baseUrl: far.url, models: ['claude'] }, { id: 3, type: 43, baseUrl: far.url, models: ['deepseek-chat'] },
    ],
    prices: ['gpt-5', 'alias', 'claude', 'deepseek-chat'].map((model) => ({ model })),
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const headers = { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` };
const ask = (more: object = {}, path = '/v1/responses'): Promise<Response> => fetch(worker.url + path, { method: 'POST', headers, body: JSON.stringify({ model: 'gpt-5', input: 'Say hello', ...more }) });
const sent = (): unknown => JSON.parse(far.seen[0]?.body ?? '');
const event = (data: { type: string; [member: string]: unknown }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const types = (text: string): string[] => [...text.matchAll(/^event: (.*)$/gm)].map((match) => match[1] ?? '');

const usage = { input_tokens: 12, input_tokens_details: { cached_tokens: 4 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 1 }, total_tokens: 17 };
const tokens = { input: 12, cacheRead: 4, output: 5, reasoning: 1 };
const message = { id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'Hello there', annotations: [] }] };
const head = { id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-5', error: null };
const whole = JSON.stringify({ ...head, status: 'completed', output: [message], usage });
const events = [
  event({ type: 'response.created', response: { ...head, status: 'in_progress', output: [], usage: null }, sequence_number: 0 }),
  event({ type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] }, sequence_number: 1 }),
  event({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hello there', sequence_number: 2 }),
  event({ type: 'response.completed', response: { ...head, status: 'completed', output: [message], usage }, sequence_number: 3 }),
];

describe('at a provider that speaks it', () => {
  it('passes a whole answer byte for byte, and charges what was reported', async () => {
    far.answer((_request, response) => sendJson(response, 200, whole));
    const answer = await ask({ previous_response_id: 'resp_0', odd: [1.5] });
    expect([answer.status, await answer.text()]).toEqual([200, whole]);
    expect(far.seen[0]).toMatchObject({ path: '/v1/responses', body: '{"model":"gpt-5","input":"Say hello","previous_response_id":"resp_0","odd":[1.5]}', headers: { authorization: 'Bearer secret-of-1' } });
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens } });
  });

  it.each(['/v1/responses', '/responses/v1/responses', '//v1/responses/'])('passes a stream byte for byte at %s', async (path) => {
    far.answer((_request, response) => sendStream(response, events));
    const answer = await ask({ stream: true }, path);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await answer.text()).toBe(events.join(''));
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens } });
  });

  it('answers under the name that the client knows', async () => {
    far.answer((_request, response) => sendStream(response, events));
    expect(await (await ask({ model: 'alias', stream: true })).text()).toBe(events.join('').replaceAll('"gpt-5"', '"alias"'));
    expect(sent()).toMatchObject({ model: 'gpt-5' });
    far.answer((_request, response) => sendJson(response, 200, whole));
    expect(await (await ask({ model: 'alias' })).text()).toBe(whole.replace('"gpt-5"', '"alias"'));
  });

  it('ends a stream that broke off in both forms, and charges what came', async () => {
    far.answer((_request, response) => sendStream(response, events.slice(0, 3)));
    const text = await (await ask({ stream: true })).text();
    expect(types(text).slice(3)).toEqual(['error', 'response.failed']);
    const [error, failed] = text.split('\n').filter((line) => line.startsWith('data: ')).slice(-2).map((line) => JSON.parse(line.slice(6)) as object);
    expect([error, failed]).toMatchObject([{ sequence_number: 3 }, { sequence_number: 4, response: { id: 'resp_1', status: 'failed' } }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'ESTIMATED', tokens: { output: 2 } } });
  });

  it('lets the error of the provider through once', async () => {
    const failed = event({ type: 'error', error: { type: 'server_error', code: 'server_error', message: 'No', param: null } });
    far.answer((_request, response) => sendStream(response, [...events.slice(0, 3), failed]));
    expect(types(await (await ask({ stream: true })).text()).slice(3)).toEqual(['error']);
  });

  it('refuses what could not be charged, and what is not JSON, at no cost', async () => {
    const refused = await ask({ background: true });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: 'background', code: 'invalid_request', type: 'new_api_error' } }]);
    expect((await ask({ input: 7 })).status).toBe(400);
    expect(far.seen).toHaveLength(0);
  });

  it('passes the refusal of the provider on', async () => {
    far.answer((_request, response) => sendJson(response, 400, JSON.stringify({ error: { message: 'Bad tool', type: 'invalid_request_error', param: 'tools[0]', code: 'bad_tool' } })));
    const answer = await ask();
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { type: 'invalid_request_error', param: 'tools[0]', code: 'bad_tool', message: expect.stringMatching(/^Bad tool/) } }]);
  });
});

describe('at a provider of openai-chat', () => {
  const atChat = (more: object = {}): Promise<Response> => ask({ model: 'deepseek-chat', instructions: 'Be brief', ...more });

  it('gets a whole answer in its own form', async () => {
    far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
    const answer = await atChat({ max_output_tokens: 50, context_management: [{}] });
    expect(await answer.json()).toMatchObject({
      object: 'response', status: 'completed', model: 'deepseek-chat', instructions: 'Be brief', max_output_tokens: 50, store: false, output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hello there' }] }],
      usage: { input_tokens: 12, output_tokens: 5, total_tokens: 17 },
    });
    expect(answer.headers.get('x-relay-warnings')).toBe('dropped:context_management');
    expect(sent()).toEqual({ model: 'deepseek-chat', max_tokens: 50, messages: [{ role: 'system', content: 'Be brief' }, { role: 'user', content: 'Say hello' }] });
    expect(worker.books.last).toMatchObject({ ending: { source: 'UPSTREAM', tokens: { input: 12, output: 5 } } });
  });

  it('gets a stream in its own form', async () => {
    far.answer((_request, response) => sendStream(response, [chunkOf('Hel'), chunkOf('lo'), finishChunk, usageChunk(), done]));
    const text = await (await atChat({ stream: true })).text();
    expect(types(text)).toEqual(['created', 'in_progress', 'output_item.added', 'content_part.added', 'output_text.delta', 'output_text.delta', 'output_text.done', 'content_part.done', 'output_item.done', 'completed'].map((type) => `response.${type}`));
    expect(text).not.toContain('[DONE]');
    expect(worker.books.last).toMatchObject({ ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens: { input: 12, output: 5 } } });
  });

  it('is told once that a stream broke off, with what came before', async () => {
    far.answer((_request, response) => sendStream(response, [chunkOf('Hello there, my friend')]));
    const text = await (await atChat({ stream: true })).text();
    expect(types(text).slice(-2)).toEqual(['error', 'response.failed']);
    expect(text).toContain('"type":"error","sequence_number":5');
    const failed = JSON.parse(text.split('data: ').at(-1) ?? '') as object;
    expect(failed).toMatchObject({ sequence_number: 6, response: { status: 'failed', output: [{ type: 'message', status: 'incomplete', content: [{ text: 'Hello there, my friend' }] }] } });
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'ESTIMATED', tokens: { output: 5 } } });
  });

  it.each([
    { member: 'previous_response_id', given: { previous_response_id: 'resp_0' }, code: 'previous_response_not_found' }, { member: 'conversation', given: { conversation: 'c' }, code: 'convert_request_failed' },
    { member: 'tools[0]', given: { tools: [{ type: 'file_search', vector_store_ids: ['v'] }] }, code: 'convert_request_failed' }, { member: 'input[0]', given: { input: [{ type: 'item_reference', id: 'x' }] }, code: 'convert_request_failed' },
    { member: 'input', given: { input: [{ role: 'user', content: 'x' }, { type: 'function_call_output', call_id: 'z', output: '' }] }, code: 'invalid_request' },
    { member: 'input', given: { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://x.test/d' }] }] }, code: 'convert_request_failed' },
  ])('is refused $member by its name, at no cost', async ({ member, given, code }) => {
    const answer = await atChat(given);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { param: member, code, message: expect.any(String) } }]);
    expect(far.seen).toHaveLength(0);
    expect(worker.books.last?.outcome).not.toBe('settled');
  });
});

describe('at a provider of anthropic-messages', () => {
  const claude = [
    event({ type: 'message_start', message: { id: 'msg_1', model: 'claude', content: [], usage: { input_tokens: 4, cache_read_input_tokens: 6, output_tokens: 1 } } }),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }), event({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } }),
    event({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'SIG' } }), event({ type: 'content_block_stop', index: 0 }),
    event({ type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} } }), event({ type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } }),
    event({ type: 'content_block_stop', index: 1 }), event({ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } }), event({ type: 'message_stop' }),
  ];
  const lastOf = (text: string): { output: { type: string }[]; usage: object } => JSON.parse(/^event: response\.completed\ndata: (.*)$/m.exec(text)?.[1] ?? '{}').response;

  it('carries thoughts, their signature and calls there and back', async () => {
    far.answer((_request, response) => sendStream(response, claude));
    const asked = { model: 'claude', stream: true, input: [{ role: 'user', content: 'Use f' }], tools: [{ type: 'function', name: 'f', parameters: { type: 'object' } }], include: ['reasoning.encrypted_content'] };
    const { output, usage: counted } = lastOf(await (await ask(asked)).text());
    expect(output).toMatchObject([{ type: 'reasoning', summary: [{ text: 'hm' }], encrypted_content: expect.any(String) }, { type: 'function_call', call_id: 'toolu_1', name: 'f', arguments: '{"a":1}' }]);
    expect(counted).toMatchObject({ input_tokens: 10, input_tokens_details: { cached_tokens: 6 }, output_tokens: 5 });
    expect(worker.books.last).toMatchObject({ ending: { source: 'UPSTREAM', tokens: { input: 10, cacheRead: 6, output: 5 } } });
    far.seen.length = 0;
    await (await ask({ ...asked, input: [...asked.input, ...output, { type: 'function_call_output', call_id: 'toolu_1', output: '2' }] })).text();
    expect(sent()).toMatchObject({ messages: [
      { role: 'user', content: 'Use f' }, { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 'SIG' }, { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '2' }] },
    ] });
  });

  it('keeps the signature to itself where the client did not ask for it', async () => {
    far.answer((_request, response) => sendStream(response, claude));
    expect(await (await ask({ model: 'claude', stream: true })).text()).not.toContain('encrypted_content');
  });
});
