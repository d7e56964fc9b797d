/** Upstreams that do not answer in the form that was asked for, end to end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from '../testing/far-end.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import { noExtra } from '../../snapshot/channel-extra.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

const serve = (type: number, model: string, channel: Partial<Channel> = {}): void =>
  worker.show({ channels: [{ id: 1, type, models: [model], baseUrl: farEnd.url, ...channel }], prices: [{ model }] });
const withKey = (secret: string): Partial<Channel> => ({ credentials: [{ id: 1, secret }] });

async function ask(path: string, body: object): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(worker.url + path, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const messages = [{ role: 'user', content: 'hi' }];

describe('a model that only streams', () => {
  it('is streamed from, and its answer put together', async () => {
    serve(17, 'qwq-plus');
    farEnd.answer((_, response) => sendStream(response, [chunkOf('Hello '), chunkOf('there'), finishChunk, usageChunk(), done]));
    const { status, text } = await ask('/v1/chat/completions', { model: 'qwq-plus', messages });
    expect(JSON.parse(farEnd.seen.at(-1)?.body ?? '')).toMatchObject({ stream: true });
    expect([status, JSON.parse(text)]).toMatchObject([200, { object: 'chat.completion', choices: [{ message: { content: 'Hello there' }, finish_reason: 'stop' }], usage: { total_tokens: 17 } }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled' });
  });

  it('passes to a client that streams', async () => {
    serve(17, 'qwq-plus');
    farEnd.answer((_, response) => sendStream(response, [chunkOf('Hi'), finishChunk, done]));
    expect(await ask('/v1/chat/completions', { model: 'qwq-plus', messages, stream: true })).toMatchObject({ status: 200, text: [chunkOf('Hi'), finishChunk, done].join('') });
  });
});

describe('a server that ignores the wish for a stream', () => {
  it.each([
    { client: 'of its dialect', path: '/v1/chat/completions', body: { model: 'gpt-4o', messages, stream: true }, says: '"content":"Hello there"', ends: 'data: [DONE]\n\n' },
    { client: 'of another', path: '/v1/messages', body: { model: 'gpt-4o', messages, stream: true, max_tokens: 9 }, says: '"text":"Hello there"', ends: 'data: {"type":"message_stop"}\n\n' },
  ])('is heard by a client $client', async ({ path, body, says, ends }) => {
    serve(1, 'gpt-4o');
    farEnd.answer((_, response) => sendJson(response, 200, chatAnswer()));
    const { status, type, text } = await ask(path, body);
    expect([status, type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(text).toContain(says);
    expect(text.endsWith(ends)).toBe(true);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 12, output: 5 } } });
  });
});

describe('a refusal in a success', () => {
  it.each([
    { name: 'in base_resp', body: { choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit' } }, is: 429 },
    { name: 'of the account', body: { base_resp: { status_code: 1008, status_msg: 'no money at all' } }, is: 502 },
    { name: 'of the content', body: { base_resp: { status_code: 1026, status_msg: 'sensitive' } }, is: 400 },
  ])('has the status that it means: $name', async ({ body, is }) => {
    serve(35, 'MiniMax-M2');
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify(body)));
    for (const stream of [false, true]) {
      const { status, text } = await ask('/v1/chat/completions', { model: 'MiniMax-M2', messages, stream });
      expect([status, text.includes('no money')]).toEqual([is, false]);
      expect(worker.books.last).toMatchObject({ outcome: 'released' });
    }
  });
});

describe('a stream that fails before it says anything', () => {
  const failed = (response: object): string => `event: response.failed\ndata: ${JSON.stringify({ type: 'response.failed', response })}\n\n`;
  it.each([
    { name: 'overloaded', type: 14, says: 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n', path: '/v1/messages', is: 529 },
    { name: 'too often', type: 1, says: failed({ id: 'resp_1', status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow down' } }), path: '/v1/responses', is: 429 },
    { name: 'too long', type: 1, says: 'data: {"error":{"message":"too long","code":"context_length_exceeded"}}\n\n', path: '/v1/messages', is: 400 },
    { name: 'too busy', type: 24, says: 'data: {"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}\r\n\r\n', path: '/v1/chat/completions', is: 503 },
  ])('has the status that it means: $name', async ({ type, says, path, is }) => {
    serve(type, 'm');
    farEnd.answer((_, response) => sendStream(response, [says]));
    const { status } = await ask(path, { model: 'm', ...(path === '/v1/responses' ? { input: 'hi' } : { messages }), stream: true, max_tokens: 9 });
    expect(status).toBe(is);
    expect(worker.books.last).toMatchObject({ outcome: 'released' });
  });
});

describe('upstreams with words of their own', () => {
  const said = { choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2 } };
  const events = (list: readonly [string, object][]): string[] => list.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

  it('Coze streams its bot, also for who wants the answer whole', async () => {
    serve(49, 'coze', { extra: { ...noExtra, other: 'bot-7' } });
    farEnd.answer((_, response) => sendStream(response, events([
      ['conversation.message.delta', { type: 'answer', content: 'Hello' }], ['conversation.chat.completed', { usage: { input_count: 3, output_count: 2, token_count: 5 } }]])));
    const { status, text } = await ask('/v1/chat/completions', { model: 'coze', messages });
    expect([status, JSON.parse(text)]).toMatchObject([200, said]);
    expect(JSON.parse(farEnd.seen.at(-1)?.body ?? '')).toMatchObject({ bot_id: 'bot-7', stream: true });
    expect((await ask('/v1/messages', { model: 'coze', messages, max_tokens: 5, stream: true })).text).toContain('"text":"Hello"');
  });

  it('Tencent is signed, and told what its refusals mean', async () => {
    serve(23, 'hunyuan-lite', withKey('1|id|key'));
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify({ Response: { Choices: [{ FinishReason: 'stop', Message: { Content: 'Hello' } }], Usage: { PromptTokens: 3, CompletionTokens: 2, TotalTokens: 5 } } })));
    const { text } = await ask('/v1/chat/completions', { model: 'hunyuan-lite', messages });
    expect(JSON.parse(text)).toMatchObject(said);
    expect(farEnd.seen.at(-1)).toMatchObject({ path: '/', headers: { 'x-tc-action': 'ChatCompletions', authorization: expect.stringMatching(/^TC3-HMAC-SHA256 Credential=id\//) } });
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify({ Response: { Error: { Code: 'LimitExceeded', Message: 'slow down' } } })));
    for (const stream of [false, true]) expect(await ask('/v1/chat/completions', { model: 'hunyuan-lite', messages, stream })).toMatchObject({ status: 429, text: expect.stringContaining('slow down') });
  });

  it('Baidu is asked with its token in the address, and with another one after a refusal', async () => {
    serve(15, 'ERNIE-Speed', withKey('a|b'));
    let issued = 0;
    farEnd.answer((request, response) => (request.path.startsWith('/oauth/2.0/token')
      ? sendJson(response, 200, JSON.stringify({ access_token: `t${++issued}`, expires_in: 2_592_000 }))
      : sendJson(response, 200, JSON.stringify(request.path.endsWith('access_token=t1') ? { error_code: 110, error_msg: 'Access token invalid' } : { result: 'Hello', usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }))));
    expect((await ask('/v1/chat/completions', { model: 'ERNIE-Speed', messages })).status).toBe(502);
    const { text } = await ask('/v1/chat/completions', { model: 'ERNIE-Speed', messages });
    expect(JSON.parse(text)).toMatchObject(said);
    expect(farEnd.seen.at(-1)?.path).toBe('/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ernie_speed?access_token=t2');
  });

  it('Ollama answers in lines', async () => {
    serve(4, 'llama3', { extra: { ...noExtra, settings: { native: true } } });
    farEnd.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end('{"message":{"content":"Hel"},"done":false}\n{"message":{"content":"lo"},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2}\n');
    });
    const { text } = await ask('/v1/chat/completions', { model: 'llama3', messages, stream: true });
    expect(text).toContain('"content":"Hel"');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 3, output: 2 } } });
  });
});
