/** Upstreams that do not answer in the form that was asked for, end to end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from './testing/far-end.ts';
import { keyOf } from './testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from './testing/worker.ts';

let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

const serve = (type: number, model: string): void => worker.show({ channels: [{ id: 1, type, models: [model], baseUrl: farEnd.url }], prices: [{ model }] });

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
    expect([status, type]).toEqual([200, 'text/event-stream']);
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
