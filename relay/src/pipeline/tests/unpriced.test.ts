import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatAnswer, type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((_, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({
    users: [{}, { id: 2, acceptsUnpriced: true }], tokens: [{ key: keyOf('a') }, { id: 2, userId: 2, key: keyOf('b') }],
    channels: [{ id: 1, baseUrl: far.url, models: ['gpt-4o', 'unpriced'] }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });

const headers = (letter: string) => ({ authorization: `Bearer sk-${keyOf(letter)}`, 'content-type': 'application/json' });
const ask = (letter: string) => fetch(`${worker.url}/v1/chat/completions`, { method: 'POST', headers: headers(letter), body: JSON.stringify({ model: 'unpriced', messages: [{ role: 'user', content: 'hi' }] }) });
const listed = async (letter: string) => ((await (await fetch(`${worker.url}/v1/models`, { headers: headers(letter) })).json()) as { data: { id: string }[] }).data.map(({ id }) => id);

it('refuses a model without a price, and does not list it', async () => {
  const answer = await ask('a');
  expect([answer.status, await answer.json(), await listed('a')]).toMatchObject([400, { error: { code: 'model_price_error' } }, ['gpt-4o']]);
});

it('serves and lists it to the keys of a user who takes such models, at ratio 37.5', async () => {
  const answer = await ask('b');
  await answer.text();
  expect([answer.status, await listed('b')]).toEqual([200, ['gpt-4o', 'unpriced']]);
  expect(worker.books.entries.at(-1)?.admission.price).toMatchObject({ modelRatio: 37_500_000 });
});
