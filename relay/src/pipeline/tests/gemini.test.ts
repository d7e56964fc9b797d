/** Clients of gemini, at a provider that speaks it and at providers that do not, over real sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({
    channels: [
      { id: 1, type: 24, baseUrl: far.url, models: ['gemini-2.5-pro', 'alias', 'tunedModels/mine'], modelMapping: new Map([['alias', 'gemini-2.5-pro']]) },
      { id: 2, type: 1, baseUrl: `${far.url}/v1`, models: ['gpt-5'] }, { id: 3, type: 14, baseUrl: far.url, models: ['claude'] },
    ],
    prices: ['gemini-2.5-pro', 'alias', 'tunedModels/mine', 'gpt-5', 'claude'].map((model) => ({ model })),
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const key = `sk-${keyOf('a')}`;
const ask = (target: string, body: string | object = { contents: [{ parts: [{ text: 'hi' }] }] }, headers: Record<string, string> = { 'x-goog-api-key': key }): Promise<Response> =>
  fetch(`${worker.url}${target}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const at = (action: string, model = 'gemini-2.5-pro', version = '/v1beta'): string => `${version}/models/${model}:${action}`;

const usage = { promptTokenCount: 12, cachedContentTokenCount: 4, candidatesTokenCount: 3, thoughtsTokenCount: 2, totalTokenCount: 17 };
const tokens = { input: 12, cacheRead: 4, output: 5, reasoning: 2 };
const chunk = (text: string, finishReason?: string): object =>
  ({ candidates: [{ content: { parts: [{ text }], role: 'model' }, ...(finishReason ? { finishReason } : {}), index: 0 }], usageMetadata: usage, modelVersion: 'gemini-2.5-pro', responseId: 'r1' });
const whole = JSON.stringify(chunk('Hello there', 'STOP'), undefined, 2);
const events = [chunk('Hello'), chunk(' there', 'STOP')].map((each) => `data: ${JSON.stringify(each)}\r\n\r\n`);
const list = [`[${JSON.stringify(chunk('Hello'), undefined, 1)}`, `\n,\r\n${JSON.stringify(chunk(' there', 'STOP'))}`, '\n]\n'];
const settled = { outcome: 'settled', ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens } };

describe('at a provider that speaks it', () => {
  it.each<{ name: string; target: string; headers: Record<string, string> }>([
    { name: 'in its header', target: at('generateContent'), headers: { 'x-goog-api-key': key } },
    { name: 'in the query', target: `${at('generateContent')}?key=${key}`, headers: {} },
    { name: 'as a bearer', target: at('generateContent'), headers: { authorization: `Bearer ${key}` } },
    { name: 'bare, under the prefix', target: at('generateContent', undefined, '/gemini/v1beta'), headers: { authorization: key.slice(3) } },
    { name: 'in its header, at v1', target: at('generateContent', undefined, '/v1'), headers: { 'x-goog-api-key': key } },
  ])('passes a whole answer byte for byte, with the key $name', async ({ target, headers }) => {
    far.answer((_request, response) => sendJson(response, 200, whole));
    const body = '{"contents":[{"parts":[{"text":"hi"}]}], "generationConfig" : {"temperature":1.0},"odd":1e3}';
    const answer = await ask(target, body, headers);
    expect([answer.status, await answer.text()]).toEqual([200, whole]);
    expect(far.seen[0]).toMatchObject({ path: target.replace(/^\/gemini(?=\/)/, '').replace(/\?.*/, ''), body, headers: { 'x-goog-api-key': 'secret-of-1' } });
    expect(far.seen[0]?.headers['authorization']).toBeUndefined();
    expect(worker.books.last).toMatchObject({ ...settled, admission: { model: 'gemini-2.5-pro', dialect: 'gemini' } });
  });

  it('makes the list that was asked for of the events that came', async () => {
    far.answer((_request, response) => sendStream(response, events));
    const answer = await ask(at('streamGenerateContent'));
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([200, 'application/json', [chunk('Hello'), chunk(' there', 'STOP')]]);
    expect(worker.books.last).toMatchObject(settled);
  });

  it('is a list still where it broke off between two elements', async () => {
    far.answer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).write(list[0]); setTimeout(() => response.destroy(), 20); });
    expect(await (await ask(at('streamGenerateContent'))).json()).toMatchObject([chunk('Hello'), { error: { code: 502, status: 'INTERNAL' } }]);
  });

  it('passes a stream byte for byte', async () => {
    far.answer((_request, response) => sendStream(response, events));
    const answer = await ask(`${at('streamGenerateContent')}?alt=sse&key=${key}&x=1`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await answer.text()).toBe(events.join(''));
    expect(far.seen[0]?.path).toBe(`${at('streamGenerateContent')}?alt=sse&x=1`);
    expect(worker.books.last).toMatchObject(settled);
  });

  it('passes a stream in the form of a list byte for byte', async () => {
    far.answer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }); for (const piece of list) response.write(piece); response.end(); });
    const answer = await ask(at('streamGenerateContent'));
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['application/json', list.join('')]);
    expect(far.seen[0]?.path).toBe(at('streamGenerateContent'));
    expect(worker.books.last).toMatchObject(settled);
  });

  it('reads in the body what belongs into the address, and does not send it on', async () => {
    far.answer((_request, response) => sendStream(response, events));
    const answer = await ask(at('streamGenerateContent', undefined, '/gemini/v1beta'), '{"stream":false,"contents":[],"alt":"sse"}');
    expect(await answer.text()).toBe(events.join(''));
    expect(far.seen[0]).toMatchObject({ path: `${at('streamGenerateContent')}?alt=sse`, body: '{"contents":[]}' });
  });

  it('puts a mapped name into the address, and its own back into the answer', async () => {
    far.answer((_request, response) => sendJson(response, 200, whole));
    expect(await (await ask(at('generateContent', 'alias'))).text()).toBe(whole.replace('"modelVersion": "gemini-2.5-pro"', '"modelVersion": "alias"'));
    far.answer((_request, response) => sendStream(response, events));
    expect(await (await ask(`${at('streamGenerateContent', 'alias')}?alt=sse`)).text()).toBe(events.join('').replaceAll('"gemini-2.5-pro"', '"alias"'));
    far.answer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }); for (const piece of list) response.write(piece); response.end(); });
    expect(await (await ask(at('streamGenerateContent', 'alias'))).text()).toBe(list.join('').replaceAll('"gemini-2.5-pro"', '"alias"'));
    expect(far.seen.map(({ path }) => path)).toEqual([at('generateContent'), `${at('streamGenerateContent')}?alt=sse`, at('streamGenerateContent')]);
  });

  it('keeps the collection of a tuned model', async () => {
    far.answer((_request, response) => sendJson(response, 200, whole));
    await ask('/v1beta/tunedModels/mine:generateContent');
    expect(far.seen[0]?.path).toBe('/v1beta/tunedModels/mine:generateContent');
  });

  it('serves clients of other dialects', async () => {
    far.answer((_request, response) => sendStream(response, events));
    const answer = await ask('/v1/chat/completions', { model: 'gemini-2.5-pro', stream: true, messages: [{ role: 'user', content: 'hi' }] }, { authorization: `Bearer ${key}` });
    expect(await answer.text()).toMatch(/"content":"Hello"[^]*"content":" there"[^]*"finish_reason":"stop"[^]*\[DONE\]\n\n$/);
    expect(far.seen[0]?.path).toBe(`${at('streamGenerateContent')}?alt=sse`);
    expect(worker.books.last).toMatchObject(settled);
  });

  it('says what the provider refuses, and when to come again', async () => {
    far.answer((_request, response) => sendJson(response, 429, JSON.stringify([{ error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details: [{ '@type': 'x/google.rpc.RetryInfo', retryDelay: '34.4s' }] } }])));
    const answer = await ask(at('generateContent'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '35']);
    expect(await answer.json()).toMatchObject({ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: expect.stringContaining('Quota exceeded') as unknown } });
  });

  it('does not show what concerns our own key', async () => {
    far.answer((_request, response) => sendJson(response, 400, JSON.stringify({ error: { code: 400, message: 'API key not valid: secret-of-1', status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] } })));
    const answer = await ask(at('generateContent'));
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('secret-of-1');
  });
});

describe('at a provider that speaks something else', () => {
  const chat = (text: string[]): string[] => [...text.map(chunkOf), finishChunk, usageChunk(), done];

  it('answers in whole', async () => {
    far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
    const answer = await ask(at('generateContent', 'gpt-5'));
    expect(await answer.json()).toMatchObject({
      candidates: [{ content: { role: 'model', parts: [{ text: 'Hello there' }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 5, totalTokenCount: 17 }, modelVersion: 'gpt-5',
    });
    expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ model: 'gpt-5', messages: [{ role: 'user', content: 'hi' }] });
  });

  it('streams events, and nothing that official clients trip over', async () => {
    far.answer((_request, response) => sendStream(response, chat(['Hello', ' there'])));
    const text = await (await ask(`${at('streamGenerateContent', 'gpt-5')}?alt=sse`)).text();
    const lines = text.split('\r\n\r\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line): unknown => JSON.parse(line.replace(/^data: /, '')))).toMatchObject([
      { candidates: [{ content: { parts: [{ text: 'Hello' }] } }] }, { candidates: [{ content: { parts: [{ text: ' there' }] } }] },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 12, totalTokenCount: 17 } },
    ]);
  });

  it('streams a list to who did not ask for events', async () => {
    far.answer((_request, response) => sendStream(response, chat(['Hello', ' there'])));
    const answer = await ask(at('streamGenerateContent', 'gpt-5'));
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toMatchObject([{ candidates: [{}] }, {}, { candidates: [{ finishReason: 'STOP' }] }]);
  });

  it.each(['?alt=sse', ''])('says that a stream broke off (%s)', async (query) => {
    far.answer((_request, response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }); response.write(chunkOf('Hello')); setTimeout(() => response.destroy(), 20); });
    const text = await (await ask(at('streamGenerateContent', 'gpt-5') + query)).text();
    const parts: unknown[] = query === '' ? (JSON.parse(text) as unknown[]) : text.split('\r\n\r\n').filter((part) => part !== '').map((part): unknown => JSON.parse(part.replace(/^data: /, '')));
    expect(parts[1]).toMatchObject({ error: { code: 502, status: 'INTERNAL' } });
    // One official client reads the events, another looks for a write that is the error alone.
    expect(parts).toHaveLength(query === '' ? 2 : 3);
  });

  it('refuses in its own words what cannot be expressed', async () => {
    const answer = await ask(at('generateContent', 'claude'), { contents: [{ parts: [{ text: 'hi' }] }], generationConfig: { candidateCount: 2 } });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 400, status: 'INVALID_ARGUMENT', param: 'generationConfig.candidateCount' } }]);
    expect(far.seen).toHaveLength(0);
  });
});

describe('what is asked of nobody', () => {
  it.each([
    { name: 'an action that there is not', target: at('think'), status: 404, word: 'NOT_FOUND' },
    { name: 'no action', target: '/v1beta/models/gemini-2.5-pro', status: 404, word: 'NOT_FOUND' },
    { name: 'a model that nobody serves', target: at('generateContent', 'other'), status: 503, word: 'UNAVAILABLE' },
    { name: 'a body without contents', target: at('generateContent'), body: '{}', status: 400, word: 'INVALID_ARGUMENT' },
    { name: 'a body that is no JSON', target: at('generateContent'), body: '{', status: 400, word: 'INVALID_ARGUMENT' },
    { name: 'a key that is none', target: at('generateContent'), headers: { 'x-goog-api-key': 'x' }, status: 401, word: 'UNAUTHENTICATED' },
    { name: 'a name with a broken escape', target: at('generateContent', '%ff'), status: 404, word: 'NOT_FOUND' },
  ])('refuses $name', async ({ target, body, headers, status, word }) => {
    const answer = await ask(target, body, headers);
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code: status, status: word, details: [] } }]);
  });

  it.each(['/v1beta/models', '/gemini/v1beta/models'])('lists models at %s', async (path) => {
    const read = async (query: string): Promise<unknown> => (await fetch(`${worker.url}${path}${query}`, { headers: { 'x-goog-api-key': key } })).json();
    expect(await read('')).toMatchObject({ models: [{ name: 'models/alias' }, {}, {}, {}, {}], nextPageToken: null });
    expect(await read('?pageSize=2&pageToken=2')).toMatchObject({ models: [{ name: 'models/gemini-2.5-pro' }, {}], nextPageToken: '4' });
    expect(await read('/gpt-5')).toMatchObject({ name: 'models/gpt-5' });
  });
});
