import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { type FarEnd, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, '{}'));
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url, models: ['tts-1', 'mapped'], modelMapping: new Map([['mapped', 'tts-1-hd']]) }], prices: [{ model: 'tts-1' }, { model: 'mapped' }] });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const speak = (more: object = {}): Promise<Response> => fetch(`${worker.url}/v1/audio/speech`, {
  method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer sk-${keyOf('a')}` },
  body: JSON.stringify({ model: 'tts-1', input: 'Hello 🎧 there', voice: 'alloy', ...more }),
});

it('hands sound on while it is made, and charges the characters', async () => {
  let finish = (): void => undefined;
  far.answer((_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).write(Buffer.from([0xff, 0xfb, 0x00, 0x90]));
    finish = () => { response.end(Buffer.alloc(500_000, 7)); };
  });
  const answer = await speak({ model: 'mapped' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  const reader = answer.body!.getReader();
  expect(Buffer.from((await reader.read()).value!)).toEqual(Buffer.from([0xff, 0xfb, 0x00, 0x90]));
  finish();
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes += piece.value.length;
  expect(bytes).toBe(500_000);
  expect(JSON.parse(far.seen[0]?.body ?? '')).toMatchObject({ model: 'tts-1-hd' });
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', kept: { tokens: { input: 13 } }, ending: { source: 'ESTIMATED', end: 'COMPLETE', tokens: { input: 13, output: 0 } } }));
});

it.each<{ asked?: string; said?: string; is: string }>([
  { is: 'audio/mpeg' }, { asked: 'opus', is: 'audio/ogg' }, { asked: 'wav', said: 'application/octet-stream', is: 'audio/wav' }, { asked: 'pcm', said: 'audio/L16;rate=24000', is: 'audio/L16;rate=24000' },
  { asked: 'of its own', is: 'application/octet-stream' },
])('sound that was asked for as $asked and comes as $said is $is', async ({ asked, said, is }) => {
  far.answer((_request, response) => { response.writeHead(200, said ? { 'content-type': said } : {}).end('sound'); });
  const answer = await speak(asked ? { response_format: asked } : {});
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, is, 'sound']);
});

it('streams events of sound, and charges what the last one reports', async () => {
  const events = [`data: {"type":"speech.audio.delta","audio":"${'A'.repeat(20_000)}"}\n\n`, 'data: {"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}\n\n'];
  far.answer((_request, response) => sendStream(response, events));
  expect(await (await speak({ stream_format: 'sse' })).text()).toBe(events.join(''));
  expect(worker.books.last?.ending).toMatchObject({ source: 'UPSTREAM', tokens: { input: 14, output: 101 } });
});

it('ends the connection when the sound breaks off, and charges for what came', async () => {
  far.answer((_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '1000' }).write(Buffer.alloc(100));
    setTimeout(() => response.destroy(), 20);
  });
  const answer = await speak();
  await expect(answer.arrayBuffer()).rejects.toThrow();
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'CUT', tokens: { input: 13 } } }));
});

it.each([
  { name: 'no voice', more: { voice: undefined }, param: 'voice' },
  { name: 'no words', more: { input: undefined }, param: 'input' },
])('refuses $name', async ({ more, param }) => {
  const answer = await speak(more);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_request', param } }]);
});

it('takes an empty success for a breakdown', async () => {
  far.answer((_request, response) => { response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(); });
  const answer = await speak();
  expect([answer.status, await answer.json()]).toMatchObject([502, { error: { code: 'empty_response' } }]);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
});
