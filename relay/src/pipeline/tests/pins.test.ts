/** A request that goes on from a stored answer meets the channel that stored it (dialects 11.3). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ResponsePins } from '../../routing/response-pins.ts';
import { type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let first: FarEnd, second: FarEnd, worker: TestWorker, chance = 0;

const responseOf = (id: string): object => ({ id, object: 'response', status: 'completed', model: 'gpt-5', error: null, output: [], usage: { input_tokens: 1, output_tokens: 1 } });

beforeAll(async () => {
  const answering = (name: string) => startFarEnd((request, response) => {
    const id = `resp_${name}${request.body.length}`;
    if (!request.body.includes('"stream":true')) return sendJson(response, 200, JSON.stringify(responseOf(id)));
    return sendStream(response, [`event: response.created\ndata: ${JSON.stringify({ type: 'response.created', response: responseOf(id) })}\n\n`, `event: response.completed\ndata: ${JSON.stringify({ type: 'response.completed', response: responseOf(id) })}\n\n`]);
  });
  [first, second] = await Promise.all([answering('a'), answering('b')]);
  worker = await startWorker({
    channels: [{ id: 1, type: 1, baseUrl: first.url, models: ['gpt-5'] }, { id: 2, type: 1, baseUrl: second.url, models: ['gpt-5'] }], prices: [{ model: 'gpt-5' }],
    tokens: [{ key: keyOf('a') }, { key: keyOf('b'), id: 2, userId: 2 }], users: [{ id: 1 }, { id: 2, username: 'bob' }],
  }, { chance: () => chance });
});
afterAll(async () => { await worker.close(); await first.close(); await second.close(); });

async function ask(more: object, letter = 'a'): Promise<string> {
  const answer = await fetch(`${worker.url}/v1/responses`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf(letter)}` }, body: JSON.stringify({ model: 'gpt-5', input: 'hi', ...more }) });
  return /resp_\w+/.exec(await answer.text())?.[0] ?? '';
}

it.each([false, true])('wherever chance would send it (stream %s)', async (stream) => {
  chance = 0.9;
  const id = await ask({ stream });
  expect(id).toContain('resp_b');
  chance = 0;
  expect(await ask({ stream })).toContain('resp_a');
  const next = await ask({ stream, previous_response_id: id });
  expect(next).toContain('resp_b');
  expect(await ask({ stream, previous_response_id: next })).toContain('resp_b');
});

it('is asked of any channel with an id that nobody knows, or that is not the caller\'s', async () => {
  chance = 0.9;
  const id = await ask({});
  chance = 0;
  expect(await ask({ previous_response_id: 'resp_unknown' })).toContain('resp_a');
  expect(await ask({ previous_response_id: id }, 'b')).toContain('resp_a');
});

it('is found by other relays of the installation', async () => {
  const kept = new Map<string, number>();
  const store = { put: (key: string, channelId: number) => { kept.set(key, channelId); }, find: (key: string) => Promise.resolve(kept.get(key)) };
  new ResponsePins(store).keep(1, 'resp_1', 7);
  expect([...kept.keys()].join()).not.toContain('resp_1');
  expect(await new ResponsePins(store).find(1, 'resp_1')).toBe(7);
  expect(await new ResponsePins(store).find(2, 'resp_1')).toBeUndefined();
  expect(await new ResponsePins(undefined).find(1, 'resp_1')).toBeUndefined();
});
