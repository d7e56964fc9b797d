import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ProbeEndpoint } from '../../gql/types.gen.ts';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';
import { prober } from './probe.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({ channels: [
    { id: 1, baseUrl: far.url, models: ['m'] }, { id: 2, type: 14, baseUrl: far.url, models: ['m'] }, { id: 3, type: 24, baseUrl: far.url, models: ['m'] }, { id: 4, type: 38, baseUrl: far.url, models: ['m'] },
  ] });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; });

const probe = (channelId: number, endpoint?: ProbeEndpoint) => prober(worker.relay)({ nonce: 'n', channelId, model: '', askedAt: 0, ...(endpoint ? { endpoint } : {}) });
const usage = { prompt_tokens: 1, total_tokens: 1 };

it.each<{ channel: number; endpoint?: ProbeEndpoint; path: string; answer: object | string }>([
  { channel: 1, path: '/v1/chat/completions', answer: chatAnswer() },
  { channel: 1, endpoint: 'OPENAI', path: '/v1/chat/completions', answer: chatAnswer() },
  { channel: 1, endpoint: 'OPENAI_RESPONSE', path: '/v1/responses', answer: { id: 'resp_1', object: 'response', status: 'completed', model: 'm', output: [], usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } } },
  { channel: 2, endpoint: 'ANTHROPIC', path: '/v1/messages', answer: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text: 'hi' }], stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } } },
  { channel: 3, endpoint: 'GEMINI', path: '/v1beta/models/m:generateContent', answer: { candidates: [{ content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 } } },
  { channel: 4, endpoint: 'JINA_RERANK', path: '/v1/rerank', answer: { results: [{ index: 0, relevance_score: 1 }], usage } },
  { channel: 1, endpoint: 'IMAGE_GENERATION', path: '/v1/images/generations', answer: { created: 1, data: [{ url: 'https://x.test/a.png' }] } },
  { channel: 1, endpoint: 'EMBEDDINGS', path: '/v1/embeddings', answer: { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.1] }], model: 'm', usage } },
])('channel $channel is tested with $endpoint at $path, and charged to nobody', async ({ channel, endpoint, path, answer }) => {
  far.answer((_request, response) => sendJson(response, 200, typeof answer === 'string' ? answer : JSON.stringify(answer)));
  expect(await probe(channel, endpoint)).toMatchObject({ ok: true, status: 200 });
  expect(far.seen).toMatchObject([{ path }]);
  expect(worker.books.entries).toHaveLength(0);
});

it('tells that a provider has nothing of the kind, and asks nobody', async () => {
  expect(await probe(2, 'EMBEDDINGS')).toMatchObject({ ok: false, failure: expect.any(String) as string, status: null });
  expect(far.seen).toHaveLength(0);
});

it('waits for the picture in which the channel was saved', async () => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  const { snapshots } = worker.relay, { version } = snapshots.current()!, looks: number[] = [];
  const late = { ...snapshots, current: () => (looks.push(0) > 3 ? snapshots.current() : undefined) };
  expect(await prober({ ...worker.relay, snapshots: late })({ nonce: 'n', channelId: 1, model: '', version, askedAt: 0 })).toMatchObject({ ok: true });
});
