/** Requests that one channel of a model cannot be told, and another can (dialects 1 and 10). */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({
    channels: [
      { id: 1, type: 14, baseUrl: far.url, models: ['m', 'only'], priority: 5 }, { id: 2, type: 14, baseUrl: far.url, models: ['m', 'only'] }, { id: 3, type: 1, baseUrl: far.url, models: ['m'] },
    ],
    prices: [{ model: 'm' }, { model: 'only' }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const ask = (body: object): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify({ messages: [{ role: 'user', content: 'hi' }], ...body }),
});

it('asks the channel that knows the words, whatever its priority, and counts no attempt for the others', async () => {
  const answer = await ask({ model: 'm', n: 2 });
  expect([answer.status, far.seen.map(({ path }) => path)]).toEqual([200, ['/v1/chat/completions']]);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { channelId: 3, attempts: [{ channelId: 3, status: 200 }] } });
});

it('names what none of them can be told', async () => {
  const answer = await ask({ model: 'only', n: 2 });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'convert_request_failed', param: 'n' } }]);
  expect(far.seen).toHaveLength(0);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
});
