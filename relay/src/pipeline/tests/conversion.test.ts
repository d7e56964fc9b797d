/** A client of one dialect and a provider of the other, over real sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({ channels: [{ id: 1, type: 1, baseUrl: far.url, models: ['gpt-4o'] }, { id: 2, type: 14, baseUrl: far.url, models: ['claude'] }] });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const headers = { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` };
const post = (path: string, body: object): Promise<Response> => fetch(worker.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
const messages = [{ role: 'user', content: 'Say hello' }];
const asMessages = (more: object = {}) => post('/v1/messages', { model: 'gpt-4o', max_tokens: 50, messages, ...more });
const asChat = (more: object = {}) => post('/v1/chat/completions', { model: 'claude', messages, ...more });

const claude = JSON.stringify({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 4, cache_read_input_tokens: 6, output_tokens: 5 } });
const event = (data: { type: string; [member: string]: unknown }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const claudeEvents = [
  event({ type: 'message_start', message: { id: 'msg_1', model: 'claude', content: [], usage: { input_tokens: 4, cache_read_input_tokens: 6, output_tokens: 1 } } }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello there' } }),
  event({ type: 'content_block_stop', index: 0 }),
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }),
  event({ type: 'message_stop' }),
];

describe('a client of anthropic-messages at a provider of openai-chat', () => {
  it('gets a whole answer in its own form', async () => {
    far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
    const answer = await asMessages({ system: 'Be brief', top_k: 3 });
    expect(await answer.json()).toMatchObject({ type: 'message', model: 'gpt-4o', content: [{ type: 'text', text: 'Hello there' }], stop_reason: 'end_turn', usage: { input_tokens: 12, output_tokens: 5 } });
    expect(answer.headers.get('x-relay-warnings')).toBe('dropped:top_k');
    expect(far.seen[0]?.path).toBe('/v1/chat/completions');
    expect(far.seen[0]?.headers['authorization']).toBe('Bearer secret-of-1');
    expect(JSON.parse(far.seen[0]?.body ?? '')).toEqual({ model: 'gpt-4o', max_completion_tokens: 50, messages: [{ role: 'system', content: 'Be brief' }, ...messages] });
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'UPSTREAM', tokens: { input: 12, output: 5 } } });
  });

  it('is told what of a whole answer it cannot be shown', async () => {
    far.answer((_request, response) => sendJson(response, 200, JSON.stringify({ choices: [{ index: 0, message: { content: 'Look', images: [{ image_url: { url: 'data:image/png;base64,AAAA' } }] }, finish_reason: 'stop' }] })));
    expect((await asMessages({ top_k: 3 })).headers.get('x-relay-warnings')).toBe('dropped:top_k, dropped:image');
  });

  it('gets a stream in its own form', async () => {
    far.answer((_request, response) => sendStream(response, [chunkOf('Hel'), chunkOf('lo'), finishChunk, usageChunk(), done]));
    const text = await (await asMessages({ stream: true })).text();
    expect(text.match(/^event: .*/gm)).toEqual(['message_start', 'content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'].map((type) => `event: ${type}`));
    expect(text).toContain('"usage":{"input_tokens":12,');
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens: { input: 12, output: 5 } } });
  });

  it('is told once, in its own form, that a stream broke off, and pays for what came', async () => {
    far.answer((_request, response) => sendStream(response, [chunkOf('Hello there, my friend')]));
    const text = await (await asMessages({ stream: true })).text();
    expect(text.match(/event: error/g)).toHaveLength(1);
    expect(text).not.toContain('message_stop');
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'ESTIMATED', tokens: { output: 5 } } });
  });

  it('is refused by name what the provider has nothing like, at no cost', async () => {
    const answer = await asMessages({ mcp_servers: [{ type: 'url', url: 'https://x.test' }] });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error', message: expect.stringContaining('mcp_servers') } });
    expect(far.seen).toHaveLength(0);
    expect(worker.books.last?.outcome).not.toBe('settled');
  });

  it('reads the refusal of the provider in its own form', async () => {
    far.answer((_request, response) => sendJson(response, 400, JSON.stringify({ error: { message: 'Too long at https://internal.test', type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' } })));
    const answer = await asMessages();
    expect([answer.status, await answer.json()]).toMatchObject([400, { type: 'error', error: { type: 'invalid_request_error', message: expect.stringMatching(/^Too long at \[address\] \(request id: /) } }]);
  });
});

describe('a client of openai-chat at a provider of anthropic-messages', () => {
  it('gets a whole answer in its own form, cached tokens counted once', async () => {
    far.answer((_request, response) => sendJson(response, 200, claude));
    const answer = await asChat();
    expect(await answer.json()).toMatchObject({ object: 'chat.completion', model: 'claude', choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 6 } } });
    expect(far.seen[0]).toMatchObject({ path: '/v1/messages', headers: { 'x-api-key': 'secret-of-2', 'anthropic-version': '2023-06-01' } });
    expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ model: 'claude', max_tokens: 8192, messages });
    expect(worker.books.last).toMatchObject({ ending: { source: 'UPSTREAM', tokens: { input: 10, cacheRead: 6, output: 5 } } });
  });

  it('gets a stream in its own form, with usage only when it asked', async () => {
    far.answer((_request, response) => sendStream(response, claudeEvents));
    const silent = await (await asChat({ stream: true })).text();
    expect(silent).not.toContain('usage');
    expect(silent.endsWith(done)).toBe(true);
    const told = await (await asChat({ stream: true, stream_options: { include_usage: true } })).text();
    expect(told).toContain('"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,');
    expect(worker.books.last).toMatchObject({ ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens: { input: 10, cacheRead: 6, output: 5 } } });
  });

  it('keeps what the start said of input and cache when the stream is cut', async () => {
    far.answer((_request, response) => sendStream(response, claudeEvents.slice(0, 3)));
    const text = await (await asChat({ stream: true })).text();
    expect(text.match(/"error":/g)).toHaveLength(1);
    expect(worker.books.last).toMatchObject({ ending: { source: 'ESTIMATED', tokens: { input: 10, cacheRead: 6, output: 2 } } });
  });

  it('is told of an error inside a stream, without the words of the provider', async () => {
    far.answer((_request, response) => sendStream(response, [...claudeEvents.slice(0, 3), event({ type: 'error', error: { type: 'overloaded_error', message: 'secret words' } })]));
    const text = await (await asChat({ stream: true })).text();
    expect(text.match(/"error":/g)).toHaveLength(1);
    expect(text).not.toContain('secret words');
    expect(text.endsWith(done)).toBe(true);
  });

  it('is refused several answers', async () => {
    const answer = await asChat({ n: 2 });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { type: 'invalid_request_error', code: 'convert_request_failed', param: 'n' } }]);
  });
});
