import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd, usageChunk } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url }] });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Say hello' }] };
const ask = (more: object = {}, headers: Record<string, string> = {}): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}`, ...headers }, body: JSON.stringify({ ...body, ...more }),
});

it('passes a JSON answer through byte for byte, and charges what the upstream reported', async () => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  const answer = await ask({ odd: { nested: [1, 2] } });
  expect([answer.status, await answer.text()]).toEqual([200, chatAnswer()]);
  expect(far.seen[0]?.body).toBe(JSON.stringify({ ...body, odd: { nested: [1, 2] } }));
  expect(far.seen[0]?.headers['authorization']).toBe('Bearer secret-of-1');
  expect(answer.headers.get('x-oneapi-request-id')).toBe(worker.books.last?.chargeId);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', answered: false, ending: { source: 'UPSTREAM', end: 'COMPLETE', status: 200, channelId: 1, tokens: { input: 12, output: 5 } } });
});

it('sends the query of its client along, without keys', async () => {
  far.answer((_request, response) => sendJson(response, 200, chatAnswer()));
  const call = (query: string): Promise<Response> => fetch(`${worker.url}/v1/chat/completions?${query}`, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify(body) });
  for (const query of ['beta=true&key=secret&x=%20y', 'api_key=secret']) await (await call(query)).text();
  expect(far.seen.map(({ path }) => path)).toEqual(['/v1/chat/completions?beta=true&x=%20y', '/v1/chat/completions']);
});

it('streams, asks for usage itself, and takes the usage chunk out again', async () => {
  far.answer((_request, response) => sendStream(response, [chunkOf('Hel'), chunkOf('lo'), finishChunk, usageChunk(), done]));
  const answer = await ask({ stream: true });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await answer.text()).toBe([chunkOf('Hel'), chunkOf('lo'), finishChunk, done].join(''));
  expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ stream_options: { include_usage: true } });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', answered: true, ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens: { input: 12, output: 5 } } });
});

it('leaves the usage chunk to a client that asked for it', async () => {
  const wire = [chunkOf('Hello'), finishChunk, usageChunk(), done];
  far.answer((_request, response) => sendStream(response, wire));
  const answer = await ask({ stream: true, stream_options: { include_usage: true } });
  expect(await answer.text()).toBe(wire.join(''));
});
