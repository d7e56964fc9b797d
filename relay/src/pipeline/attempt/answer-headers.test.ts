import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({ channels: [{ id: 1, type: 1, models: ['gpt-4o'], baseUrl: farEnd.url }] });
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

const headers = { 'X-RateLimit-Remaining-Requests': '7', 'x-request-id': 'up-1', 'set-cookie': 'a=b', 'openai-organization': 'org', server: 'x', 'x-should-retry': 'false' };

const ask = (path: string): Promise<Response> => fetch(worker.url + path, {
  method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'gpt-4o', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] }),
});

it.each([
  { client: 'of the same dialect sees limits and ids', path: '/v1/chat/completions', limit: '7' },
  { client: 'of another dialect sees ids alone', path: '/v1/messages', limit: null },
])('a client $client', async ({ path, limit }) => {
  farEnd.answer((_, response) => sendJson(response, 200, chatAnswer(), headers));
  const answer = await ask(path), seen = (name: string): string | null => answer.headers.get(name);
  expect([seen('x-ratelimit-remaining-requests'), seen('x-upstream-request-id'), seen('x-should-retry')]).toEqual([limit, 'up-1', 'false']);
  expect([seen('set-cookie'), seen('openai-organization'), seen('x-request-id')]).toEqual([null, null, null]);
});

it('a client is told how long to wait', async () => {
  farEnd.answer((_, response) => sendJson(response, 429, '{"error":{"message":"slow down","type":"rate_limit_error"}}', { 'retry-after': '3' }));
  const answer = await ask('/v1/chat/completions');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
});
