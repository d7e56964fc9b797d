import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
const byCall = { mode: 'PER_CALL', modelRatio: 0, callPrice: 40_000 } as const;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({
    channels: [{ id: 1, baseUrl: far.url, models: ['dall-e-2', 'dall-e-3', 'gpt-image-1'] }],
    prices: [{ model: 'dall-e-2', ...byCall }, { model: 'dall-e-3', ...byCall }, { model: 'gpt-image-1' }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const post = (path: string, body: object): Promise<Response> => fetch(`${worker.url}${path}`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify(body),
});
const pictures = (count: number, more: object = {}): string => JSON.stringify({ created: 1, data: Array.from({ length: count }, (_, at) => ({ b64_json: `${'A'.repeat(4_000)}${at}` })), ...more });

it('makes pictures by call: size and quality raise the price, and the pictures that came are counted', async () => {
  far.answer((_request, response) => sendJson(response, 200, pictures(2)));
  const answer = await post('/v1/images/generations', { model: 'dall-e-3', prompt: 'a cat', n: 3, size: '1024x1792', quality: 'hd' });
  expect([answer.status, await answer.text()]).toEqual([200, pictures(2)]);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', admission: { units: { count: 3, ratio: 3_000_000 }, hold: 60_000 }, ending: { made: 2 } });
});

it('makes pictures with the usual model, by tokens where it reports them', async () => {
  far.answer((_request, response) => sendJson(response, 200, pictures(1, { usage: { total_tokens: 9, input_tokens: 5, output_tokens: 4, input_tokens_details: { text_tokens: 2, image_tokens: 3 } } })));
  await (await post('/v1/images/generations', { prompt: 'a cat' })).text();
  expect(JSON.parse(far.seen[0]?.body ?? '')).toEqual({ model: 'dall-e-2', prompt: 'a cat' });
  expect(worker.books.last?.ending).toMatchObject({ made: 1, tokens: { input: 5, inputImage: 3, output: 4 } });
});

it('streams partial pictures as they come, and charges what the last event reports', async () => {
  const events = ['image_edit.partial_image', 'image_edit.completed'].map((type, at) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, b64_json: 'A'.repeat(90_000), ...(at ? { usage: { total_tokens: 9, input_tokens: 5, output_tokens: 4 } } : {}) })}\n\n`);
  far.answer((_request, response) => sendStream(response, events));
  const answer = await post('/v1/images/edits', { model: 'gpt-image-1', prompt: 'a hat', image: 'https://x.test/cat.png', stream: 'true' });
  expect(await answer.text()).toBe(events.join(''));
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE', source: 'UPSTREAM', made: 1, tokens: { input: 5, output: 4 } } });
});

it.each([
  { name: 'a size with the sign of multiplication', body: { prompt: 'a', size: '1024×1024' }, param: 'size' },
  { name: 'no prompt', body: { size: '1024x1024' }, param: 'prompt' },
  { name: 'no pictures at all', body: { prompt: 'a', n: 0 }, param: 'n' },
  { name: 'more pictures than one call makes', body: { prompt: 'a', n: 11 }, param: 'n' },
  { name: 'a number of pictures that is none', body: { prompt: 'a', n: -1 }, param: 'n' },
])('refuses $name', async ({ body, param }) => {
  const answer = await post('/v1/images/generations', body);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_request', param } }]);
});
