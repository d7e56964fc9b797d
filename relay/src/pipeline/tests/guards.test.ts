/** Whatever address a request comes to, it is turned away by the same rules before anything is sent or charged. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ModelLimits } from '../../routing/model-limit.ts';
import { OwnCounter } from '../../routing/own-counter.ts';
import { systemClock } from '../../trace/clock.ts';
import { type FarEnd, type Script, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, other: FarEnd, worker: TestWorker, picture: PictureData;
const refuse = (status: number): Script => (_request, response) => sendJson(response, status, '{"error":{"message":"no"}}');

beforeAll(async () => {
  far = await startFarEnd(refuse(429));
  other = await startFarEnd(refuse(429));
  picture = {
    tokens: [{ key: keyOf('a') }, { key: keyOf('b'), models: ['another'] }, { key: keyOf('c'), allowIps: ['10.0.0.1'] }], prices: [{ model: 'm' }, { model: 'm-openai-compact' }, { model: 'r' }],
    channels: [{ id: 1, baseUrl: far.url, models: ['m'], priority: 2 }, { id: 2, baseUrl: other.url, models: ['m'] }, { id: 4, type: 38, baseUrl: far.url, models: ['r'] }], settings: { retryTimes: 1 },
  };
  worker = await startWorker(picture);
});
afterAll(async () => { await worker.close(); await far.close(); await other.close(); });
beforeEach(() => { far.seen.length = other.seen.length = worker.books.entries.length = 0; far.answer(refuse(429)); worker.show(picture); });

const words = 'say Forbidden things';
const form = (fields: Record<string, string>): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  for (const name of ['file', 'image']) made.append(name, new Blob(['bytes']), 'a.bin');
  return made;
};
const surfaces: { name: string; path: string; body: () => object }[] = [
  { name: 'chat', path: '/v1/chat/completions', body: () => ({ model: 'm', messages: [{ role: 'user', content: words }] }) },
  { name: 'responses', path: '/v1/responses', body: () => ({ model: 'm', input: words }) },
  { name: 'compaction', path: '/v1/responses/compact', body: () => ({ model: 'm', input: words }) },
  { name: 'completions', path: '/v1/completions', body: () => ({ model: 'm', prompt: words }) },
  { name: 'messages', path: '/v1/messages', body: () => ({ model: 'm', max_tokens: 5, messages: [{ role: 'user', content: words }] }) },
  { name: 'contents', path: '/v1beta/models/m:generateContent', body: () => ({ contents: [{ parts: [{ text: words }] }] }) },
  { name: 'embeddings', path: '/v1/embeddings', body: () => ({ model: 'm', input: [words] }) },
  { name: 'embeddings of an engine', path: '/v1/engines/m/embeddings', body: () => ({ input: words }) },
  { name: 'embeddings of Gemini', path: '/v1beta/models/m:embedContent', body: () => ({ content: { parts: [{ text: words }] } }) },
  { name: 'rerank', path: '/v1/rerank', body: () => ({ model: 'r', query: words, documents: ['a'] }) },
  { name: 'moderations', path: '/v1/moderations', body: () => ({ model: 'm', input: words }) },
  { name: 'pictures', path: '/v1/images/generations', body: () => ({ model: 'm', prompt: words }) },
  { name: 'pictures on a platform', path: '/openai/v1/images/generations', body: () => ({ model: 'm', prompt: words }) },
  { name: 'edits of pictures', path: '/v1/images/edits', body: () => ({ model: 'm', prompt: words, image: 'https://x.test/a.png' }) },
  { name: 'edits of pictures, as a form', path: '/v1/images/edits', body: () => form({ model: 'm', prompt: words }) },
  { name: 'speech', path: '/v1/audio/speech', body: () => ({ model: 'm', input: words, voice: 'alloy' }) },
  { name: 'transcriptions', path: '/v1/audio/transcriptions', body: () => form({ prompt: words, model: 'm' }) },
  { name: 'counting', path: '/v1/messages/count_tokens', body: () => ({ model: 'm', messages: [{ role: 'user', content: words }] }) },
  { name: 'counting of Gemini', path: '/v1beta/models/m:countTokens', body: () => ({ contents: [{ parts: [{ text: words }] }] }) },
];

const post = (path: string, body: object, letter = 'a'): Promise<Response> => {
  const key = `sk-${keyOf(letter)}`, isForm = body instanceof FormData;
  return fetch(`${worker.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'x-goog-api-key': key, ...(isForm ? {} : { 'content-type': 'application/json' }) }, body: isForm ? body : JSON.stringify(body) });
};
const guarded = (more: object): void => {
  const { guards } = worker.relay.snapshots.current()!.settings;
  worker.show({ ...picture, settings: { retryTimes: 0, guards: { ...guards, ...more } } });
};

it.each(surfaces)('$name: words that are not allowed', async ({ path, body }) => {
  guarded({ sensitiveWords: ['forbidden'] });
  const answer = await post(path, body());
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, expect.stringContaining('has words that are not allowed')]);
  expect(far.seen).toHaveLength(0);
  expect(worker.books.entries.every(({ outcome }) => outcome === 'noted')).toBe(true);
});

it.each(surfaces)('$name: more requests than a user may make', async ({ path, body }) => {
  const own = (): OwnCounter => new OwnCounter(() => systemClock.monotonic());
  Object.assign(worker.relay, { limits: new ModelLimits(own(), own(), () => 1) });
  guarded({ modelLimits: [{ group: 'default', total: 1, success: 0 }], modelLimitMinutes: 60 });
  expect(await (await post(path, body())).text()).not.toContain('limit of');
  far.seen.length = 0;
  const answer = await post(path, body());
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([429, expect.stringContaining('limit of 1 requests in 60 minutes')]);
  expect(far.seen).toHaveLength(0);
});

it.each(surfaces.flatMap((surface) => ['b', 'c'].map((letter) => ({ ...surface, letter, why: letter === 'b' ? 'a model that the key may not use' : 'an address that the key is not for' }))))('$name: $why', async ({ path, body, letter }) => {
  const answer = await post(path, body(), letter);
  expect([answer.status, (await answer.text()).includes('may not')]).toEqual([403, true]);
  expect([far.seen.length, worker.books.entries.length]).toEqual([0, 0]);
});

const breaks: Script = (_request, response) => { response.destroy(); };
const uncertain: { what: string; script: Script }[] = [
  { what: 'a connection that ends without an answer', script: breaks }, { what: 'a gateway before the provider that broke', script: refuse(502) },
  { what: 'a failure of the provider', script: refuse(500) }, { what: 'a success with nothing in it', script: (_request, response) => { response.writeHead(200, { 'content-length': 0 }).end(); } },
];
const pictures = surfaces.filter(({ name }) => /pictures/.test(name));

it.each(pictures.flatMap((surface) => uncertain.map((each) => ({ ...surface, ...each }))))('$name are not made twice: $what', async ({ path, body, script }) => {
  far.answer(script);
  expect((await post(path, body())).status).toBeGreaterThanOrEqual(500);
  expect([far.seen.length, other.seen.length]).toEqual([1, 0]);
});

it.each(pictures)('$name are asked of another channel after a definite refusal', async ({ path, body }) => {
  far.answer(refuse(429));
  await post(path, body());
  expect([far.seen.length, other.seen.length]).toEqual([1, 1]);
});
