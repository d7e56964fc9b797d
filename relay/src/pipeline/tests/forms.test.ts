import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { type FormFarEnd, startFormFarEnd } from '../testing/form-far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FormFarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFormFarEnd();
  worker = await startWorker({
    channels: [
      { id: 1, baseUrl: far.url, models: ['whisper-1', 'mapped', 'gpt-image-1', 'dall-e-2', 'twice'], modelMapping: new Map([['mapped', 'whisper-large-v3']]), priority: 1 },
      { id: 2, baseUrl: `${far.url}/second`, models: ['twice'] },
    ],
    prices: ['whisper-1', 'mapped', 'gpt-image-1', 'dall-e-2', 'twice'].map((model) => ({ model })),
    settings: { retryTimes: 1 },
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.reset(); worker.books.entries.length = 0; });

const headers = { authorization: `Bearer sk-${keyOf('a')}` };
const boundary = 'form-boundary-1';
const field = (name: string, value: string): string => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, bytes: string): string => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="a.mp3"\r\nContent-Type: audio/mpeg\r\n\r\n${bytes}\r\n`;
const end = `--${boundary}--\r\n`;
const sound = (bytes: number): string => 'sound and more sound\r\n--not the boundary '.repeat(Math.ceil(bytes / 40)).slice(0, bytes);
const post = (path: string, body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}): Promise<Response> =>
  fetch(`${worker.url}${path}`, { method: 'POST', headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}`, ...more }, body });
const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

describe.each([{ order: 'the model before the file' }, { order: 'the file before the model' }])('a form with $order', ({ order }) => {
  const form = (model: string, bytes: number): string =>
    (order.startsWith('the model') ? field('model', model) + file('file', sound(bytes)) : file('file', sound(bytes)) + field('model', model)) + field('language', 'en') + end;

  it.each([0, 200, 70_000, 3_000_000])('passes byte for byte with %i bytes of sound', async (bytes) => {
    const body = form('whisper-1', bytes);
    const answer = await post('/v1/audio/transcriptions', body);
    expect([answer.status, await answer.json()]).toEqual([200, { text: 'Hello', usage: { type: 'duration', seconds: 12 } }]);
    expect(far.seen).toMatchObject([{ path: '/v1/audio/transcriptions', digest: digest(body), length: String(body.length), type: `multipart/form-data; boundary=${boundary}` }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', admission: { dialect: 'transcriptions', model: 'whisper-1' }, ending: { source: 'UPSTREAM', tokens: { input: 200, output: 0 } } });
  });

  it('names the model as the channel does, and nothing else changes', async () => {
    await (await post('/v1/audio/translations', form('mapped', 300_000))).text();
    const expected = form('whisper-large-v3', 300_000);
    expect(far.seen).toMatchObject([{ digest: digest(expected), length: String(expected.length) }]);
  });
});

/** Sends the rest when the upstream has seen the first part. */
async function inTwo(first: string, rest: string): Promise<number | undefined> {
  const outgoing = httpRequest(`${worker.url}/v1/audio/transcriptions`, { method: 'POST', headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` } });
  const status = new Promise<number | undefined>((resolve) => { outgoing.on('response', (response) => { response.resume(); resolve(response.statusCode); }); });
  outgoing.write(first);
  await eventually(() => expect(far.seen[0]?.bytes).toBe(Buffer.byteLength(first)));
  outgoing.end(rest);
  return status;
}

it('sends what came while the client still speaks', async () => {
  const [first, rest] = [field('model', 'whisper-1') + file('file', sound(100_000)).slice(0, 60_000), sound(50_000) + `\r\n${end}`];
  expect(await inTwo(first, rest)).toBe(200);
  expect(far.seen).toMatchObject([{ digest: digest(first + rest), length: undefined }]);
});

it('waits for an upstream that does not read, and loses nothing', async () => {
  far.stall();
  const body = field('model', 'whisper-1') + file('file', sound(6_000_000)) + end;
  const answer = post('/v1/audio/transcriptions', body);
  await eventually(() => expect(far.seen).toHaveLength(1));
  far.goOn();
  expect((await answer).status).toBe(200);
  expect(far.seen).toMatchObject([{ digest: digest(body) }]);
});

it('tries a form that it holds once more, and not one that has passed', async () => {
  far.refuse('/v1/audio');
  const held = file('file', sound(2_000_000)) + field('model', 'twice') + end;
  expect((await post('/v1/audio/transcriptions', held)).status).toBe(200);
  expect(far.seen.map(({ path, digest: seen }) => [path, seen])).toEqual([['/v1/audio/transcriptions', digest(held)], ['/second/v1/audio/transcriptions', digest(held)]]);
  far.reset();
  far.refuse('/v1/audio');
  expect(await inTwo(field('model', 'twice') + file('file', sound(9_000)).slice(0, 5_000), sound(9_000) + `\r\n${end}`)).toBe(503);
  expect(far.seen).toHaveLength(1);
});

it('adds the usual model to a form that names none', async () => {
  const form = file('image[]', 'PNG') + field('prompt', 'a hat') + field('n', '2') + end;
  far.answer('application/json', '{"created":1,"data":[{"b64_json":"AA=="},{"b64_json":"AA=="}]}');
  expect((await post('/v1/images/edits', form)).status).toBe(200);
  expect(far.seen).toMatchObject([{ digest: digest(field('model', 'gpt-image-1') + form) }]);
  expect(worker.books.last).toMatchObject({ admission: { model: 'gpt-image-1', units: { count: 2 } }, ending: { made: 2 } });
});

it.each([
  { name: 'subtitles', type: 'text/plain; charset=utf-8', body: '1\n00:00:00,000 --> 00:01:30,500\nHello\n', tokens: 1_517, source: 'UPSTREAM' },
  { name: 'plain text', type: 'text/plain', body: 'Hello', tokens: 17, source: 'ESTIMATED' },
  { name: 'the long form', type: 'application/json', body: '{"task":"transcribe","duration":"60.0","text":"Hello"}', tokens: 1_000, source: 'UPSTREAM' },
  { name: 'tokens', type: 'application/json', body: '{"text":"Hello","usage":{"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":4,"audio_tokens":10},"output_tokens":2,"total_tokens":16}}', tokens: 14, source: 'UPSTREAM' },
])('answers with $name as they come', async ({ type, body, tokens, source }) => {
  far.answer(type, body);
  const answer = await post('/v1/audio/transcriptions', field('model', 'whisper-1') + file('file', 'x') + end);
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual([type, body]);
  expect(worker.books.last?.ending).toMatchObject({ source, tokens: { input: tokens } });
});

it('streams a transcript', async () => {
  const events = 'data: {"type":"transcript.text.delta","delta":"He"}\n\ndata: {"type":"transcript.text.done","text":"He","usage":{"type":"tokens","input_tokens":9,"output_tokens":3}}\n\n';
  far.answer('text/event-stream', events);
  const answer = await post('/v1/audio/transcriptions', field('model', 'whisper-1') + field('stream', 'true') + file('file', 'x') + end);
  expect(await answer.text()).toBe(events);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE', tokens: { input: 9, output: 3 } } });
});

it.each([
  { name: 'JSON where a form is wanted', body: '{}', type: 'application/json', status: 415, error: { code: 'invalid_request' } },
  { name: 'a form without a model', body: file('file', 'x') + end, status: 400, error: { param: 'model' } },
  { name: 'a form without a file', body: field('a', 'x') + field('model', 'whisper-1') + end, status: 400, error: { param: 'file' } },
  { name: 'a form that breaks off', body: file('file', 'x'), status: 400, error: { code: 'bad_request_body' } },
  { name: 'garbage', body: '--form-boundary-1 nonsense', status: 400, error: { code: 'bad_request_body' } },
])('refuses $name', async ({ body, type = `multipart/form-data; boundary=${boundary}`, status, error }) => {
  const answer = await post('/v1/audio/transcriptions', body, { 'content-type': type });
  expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
  expect(far.seen).toHaveLength(0);
});

it('refuses a form that is announced to be too large before it comes', async () => {
  const outgoing = httpRequest(`${worker.url}/v1/audio/transcriptions`, { method: 'POST', headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': 9 << 20 } });
  outgoing.on('error', () => undefined);
  const refused = new Promise<{ status: number | undefined; body: string }>((resolve) => {
    outgoing.on('response', (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => { body += piece.toString(); });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
  });
  outgoing.write(field('model', 'whisper-1'));
  const { status, body } = await refused;
  expect([status, JSON.parse(body)]).toMatchObject([413, { error: { code: 'read_request_body_failed' } }]);
  expect(far.seen).toHaveLength(0);
  outgoing.destroy();
});

it('a client that leaves in the middle pays nothing, and its upstream is let go', async () => {
  const outgoing = httpRequest(`${worker.url}/v1/audio/transcriptions`, { method: 'POST', headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` } });
  outgoing.on('error', () => undefined);
  outgoing.write(field('model', 'whisper-1') + file('file', sound(50_000)).slice(0, 30_000));
  await eventually(() => expect(far.seen[0]?.bytes).toBeGreaterThan(30_000));
  outgoing.destroy();
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { end: 'CLIENT_GONE' } }));
  await eventually(() => expect(far.seen[0]?.left).toBe(true));
});
