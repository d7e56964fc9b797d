import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({
    groups: [{}, { name: 'premium' }],
    channels: [
      { id: 1, baseUrl: far.url, models: ['gpt-4o', 'text-embedding-3-small', 'gpt-5'], priority: 1 }, { id: 2, type: 14, baseUrl: far.url, models: ['claude'] }, { id: 3, type: 24, baseUrl: far.url, models: ['gemini', 'gemini-embedding-001'] },
      { id: 4, type: 43, baseUrl: `${far.url}/other`, models: ['gpt-4o'], groups: ['default', 'premium'] },
    ],
    prices: [{}, { model: 'claude' }, { model: 'gemini' }, { model: 'gemini-embedding-001' }, { model: 'text-embedding-3-small' }, { model: 'gpt-5' }, { model: '*-openai-compact', mode: 'PER_CALL', modelRatio: 0, callPrice: 10_000 }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const post = (path: string, body: object, headers: Record<string, string> = { authorization: `Bearer sk-${keyOf('a')}` }): Promise<Response> =>
  fetch(`${worker.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const hi = [{ role: 'user', content: 'Say hello to all of them' }];

it.each([
  { name: 'Anthropic', path: '/v1/messages/count_tokens', body: { model: 'claude', messages: hi }, upstream: '/v1/messages/count_tokens', answer: { input_tokens: 14 } },
  { name: 'Gemini', path: '/v1beta/models/gemini:countTokens', body: { contents: [{ parts: [{ text: 'hi' }] }] }, upstream: '/v1beta/models/gemini:countTokens', answer: { totalTokens: 3, promptTokensDetails: [] } },
  { name: 'Gemini, a whole request inside', path: '/v1beta/models/gemini:countTokens', body: { generateContentRequest: { model: 'models/gemini', contents: [] } }, upstream: '/v1beta/models/gemini:countTokens', answer: { totalTokens: 3 } },
  { name: 'OpenAI', path: '/v1/responses/input_tokens', body: { model: 'gpt-4o', input: 'hi' }, upstream: '/v1/responses/input_tokens', answer: { object: 'response.input_tokens', input_tokens: 8 } },
])('counts with the counter of the provider, and charges nothing: $name', async ({ path, body, upstream, answer }) => {
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify(answer)));
  const got = await post(path, body);
  expect([got.status, await got.json(), got.headers.get('x-relay-warnings')]).toEqual([200, answer, null]);
  expect(far.seen).toMatchObject([{ path: upstream, body: JSON.stringify(body) }]);
  expect(worker.books.entries).toHaveLength(0);
});

it.each([
  { name: 'Anthropic, at a provider without a counter', path: '/v1/messages/count_tokens', body: { model: 'gpt-4o', messages: hi }, keys: ['input_tokens'] },
  { name: 'Gemini, whose counter is broken', path: '/v1beta/models/gemini:countTokens', body: { contents: [{ parts: [{ text: 'hi' }] }] }, keys: ['totalTokens'] },
])('estimates, and says so: $name', async ({ path, body, keys }) => {
  far.answer((_request, response) => sendJson(response, 500, '{}'));
  const got = await post(path, body), answer = await got.json() as Record<string, number>;
  expect([got.status, Object.keys(answer), got.headers.get('x-relay-warnings')]).toEqual([200, keys, 'estimated_tokens']);
  expect(answer[keys[0]!]).toBeGreaterThan(0);
  expect(worker.books.entries).toHaveLength(0);
});

it('compacts responses at a price of their own', async () => {
  const answer = { id: 'resp_1', object: 'response.compaction', output: [], usage: { input_tokens: 5, output_tokens: 6, total_tokens: 11 } };
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify(answer)));
  const got = await post('/v1/responses/compact', { model: 'gpt-5', input: [] });
  expect([got.status, await got.json()]).toEqual([200, answer]);
  expect(far.seen).toMatchObject([{ path: '/v1/responses/compact' }]);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', admission: { model: 'gpt-5', price: { mode: 'PER_CALL', callPrice: 10_000 } } });
});

const vectors = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.1] }, { object: 'embedding', index: 1, embedding: [0.2] }], model: 'm', usage: { prompt_tokens: 4, total_tokens: 4 } };
const google = { 'x-goog-api-key': `sk-${keyOf('a')}` };
const part = (text: string) => ({ parts: [{ text }] });

it.each([
  { name: 'one text', path: '/v1beta/models/text-embedding-3-small:embedContent', body: { content: part('a'), outputDimensionality: 2 }, sent: { model: 'text-embedding-3-small', input: 'a', dimensions: 2 }, answer: { embedding: { values: [0.1] } } },
  { name: 'several', path: '/gemini/v1beta/models/text-embedding-3-small:batchEmbedContents', body: { requests: [{ content: part('a') }, { content: part('b') }] }, sent: { model: 'text-embedding-3-small', input: ['a', 'b'] }, answer: { embeddings: [{ values: [0.1] }, { values: [0.2] }] } },
  { name: 'an engine that is asked in the words of Gemini', path: '/v1/engines/text-embedding-3-small/embeddings', body: { content: part('a') }, sent: { model: 'text-embedding-3-small', input: 'a' }, answer: { embedding: { values: [0.1] } } },
])('embeds for clients of Gemini at any provider: $name', async ({ path, body, sent, answer }) => {
  far.answer((_request, response) => sendJson(response, 200, JSON.stringify(vectors)));
  const got = await post(path, body, path.startsWith('/v1/') ? undefined : google);
  expect([got.status, await got.json()]).toEqual([200, answer]);
  expect(JSON.parse(far.seen[0]?.body ?? '')).toEqual(sent);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 4 } } });
});

it('embeds at Gemini with what only Gemini knows', async () => {
  far.answer((_request, response) => sendJson(response, 200, '{"embeddings":[{"values":[0.5]}]}'));
  const got = await post('/v1beta/models/gemini-embedding-001:embedContent', { content: part('a'), taskType: 'RETRIEVAL_QUERY' }, google);
  expect([got.status, await got.json()]).toEqual([200, { embedding: { values: [0.5] } }]);
  expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ requests: [{ content: part('a'), taskType: 'RETRIEVAL_QUERY' }] });
});

it('refuses in the words of Gemini', async () => {
  const got = await post('/v1beta/models/text-embedding-3-small:embedContent', {}, google);
  expect([got.status, await got.json()]).toMatchObject([400, { error: { code: 400, status: 'INVALID_ARGUMENT' } }]);
});

it.each([{ platform: 'deepseek', path: '/other/v1/chat/completions' }, { platform: 'premium', path: '/other/v1/chat/completions' }, { platform: 'openai', path: '/v1/chat/completions' }])('chats on the platform $platform only', async ({ platform, path }) => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  const got = await post(`/${platform}/v1/chat/completions`, { model: 'gpt-4o', messages: hi }), answer = await got.json() as { id: string };
  expect(got.status).toBe(200);
  expect(answer.id).toBe(`foaicmpl-${got.headers.get('x-oneapi-request-id')}`);
  expect(far.seen).toMatchObject([{ path: expect.stringContaining(path.startsWith('/other') ? '/other/' : '/v1/') as string }]);
  expect(far.seen[0]?.path.startsWith('/other')).toBe(path.startsWith('/other'));
});

it('streams on a platform under one id', async () => {
  far.answer((_request, response) => sendStream(response, [chunkOf('Hel'), chunkOf('lo'), finishChunk, done]));
  const got = await post('/openai/v1/chat/completions', { model: 'gpt-4o', messages: hi, stream: true });
  const events = (await got.text()).split('\n\n').filter(Boolean).map((line) => line.replace('data: ', ''));
  expect(events.at(-1)).toBe('[DONE]');
  expect(new Set(events.slice(0, -1).map((event) => (JSON.parse(event) as { id: string }).id))).toEqual(new Set([`foaicmpl-${got.headers.get('x-oneapi-request-id')}`]));
});

it.each([{ path: '/nowhere/v1/chat/completions', status: 404 }, { path: '/suno/v1/chat/completions', status: 404 }, { path: '/anthropic/v1/chat/completions', status: 503 }])('$path is $status', async ({ path, status }) => {
  expect((await post(path, { model: 'gpt-4o', messages: hi })).status).toBe(status);
  expect(far.seen).toHaveLength(0);
});
