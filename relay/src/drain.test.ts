import { afterEach, beforeEach, expect, it } from 'vitest';
import { Drain } from './drain.ts';
import { chunkOf, done, type FarEnd, finishChunk, startFarEnd } from './pipeline/testing/far-end.ts';
import { keyOf } from './pipeline/testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from './pipeline/testing/worker.ts';

let far: FarEnd, worker: TestWorker;
/** Lets the held answers go. */
let release: () => void;
beforeEach(async () => {
  const released = new Promise<void>((resolve) => { release = resolve; });
  far = await startFarEnd(async (request, response) => {
    if (!request.body.includes('"stream":true')) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunkOf('Hello everybody'));
    await released;
    response.end(finishChunk + done);
  });
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url }] });
});
afterEach(async () => { release(); await worker.close(); await far.close(); });

const ask = (stream: boolean): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { authorization: keyOf('a') }, body: JSON.stringify({ model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'x' }] }),
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

it('during the overlap new requests are served, each on its last connection, and answers under way finish', async () => {
  const stream = await ask(true);
  const drain = new Drain(200, 5_000);
  const drained = drain.run(worker.server, worker.relay);
  expect(drain.begun).toBe(true);
  const late = await fetch(`${worker.url}/livez`);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  await pause(300);
  await expect(fetch(`${worker.url}/livez`)).rejects.toThrow('fetch failed');
  release();
  expect(await stream.text()).toBe([chunkOf('Hello everybody'), finishChunk, done].join(''));
  await drained;
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE' } });
});

it('at the deadline a stream ends with an event, a waiting call with 503, and nobody pays for what did not arrive', async () => {
  const stream = await ask(true), waiting = ask(false);
  while (far.seen.length < 2) await pause(5);
  await new Drain(0, 100).run(worker.server, worker.relay);
  expect(await stream.text()).toMatch(/"code":"draining"[^]*\[DONE\]\n\n$/);
  const refused = await waiting;
  expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'draining' } }]);
  const [streamed, called] = worker.books.entries;
  expect(streamed).toMatchObject({ outcome: 'settled', ending: { end: 'CUT', failure: 'draining', source: 'ESTIMATED' } });
  expect(called).toMatchObject({ outcome: 'released', ending: { tokens: { input: 0 } } });
});

it('waits for nothing once it was told to hurry', async () => {
  await ask(true);
  const drain = new Drain(60_000, 60_000);
  const drained = drain.run(worker.server, worker.relay);
  drain.hurry();
  await drained;
  expect(worker.books.last?.outcome).toBe('settled');
});
