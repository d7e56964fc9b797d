/** A silent stream is kept warm as often as the operator says (semantics 4.3). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chunkOf, done, type FarEnd, finishChunk, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker, goOn: () => void;
beforeAll(async () => {
  // The relay itself is configured for a minute.
  far = await startFarEnd(async (_request, response) => {
    const warmed = new Promise<void>((resolve) => { goOn = resolve; });
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunkOf('a'));
    await warmed;
    response.end(finishChunk + done);
  });
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url }], settings: { pingSeconds: 1 } }, { timeouts: { silenceMs: 15_000 } });
});
afterAll(async () => { await worker.close(); await far.close(); });

it('is told so between its events, and ends as it would', async () => {
  const answer = await fetch(`${worker.url}/v1/chat/completions`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify({ model: 'gpt-4o', stream: true, messages: [{ role: 'user', content: 'hi' }] }),
  });
  let text = '';
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes(': PING\n\n')) goOn();
  }
  expect(text.replaceAll(': PING\n\n', '')).toBe(chunkOf('a') + finishChunk + done);
}, 20_000);
