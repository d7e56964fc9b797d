/** Pictures that a provider makes behind its first answer, and media that answers name by address. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { type FarEnd, type Seen, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const sound = Buffer.from('RIFF....WAVEfmt ');

let far: FarEnd, worker: TestWorker, store: Server, shelf: string;

beforeAll(async () => {
  far = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  store = createServer((request, response) => {
    const isSound = request.url === '/a.wav';
    if (request.url === '/gone') { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': isSound ? 'audio/wav' : 'image/png' }).end(isSound ? sound : png);
  });
  await new Promise<void>((resolve) => { store.listen(0, '127.0.0.1', resolve); });
  shelf = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await far.close(); store.close(); });
beforeEach(() => { far.seen.length = worker.books.entries.length = 0; });

interface Asked { type: number; model: string; at?: string; body?: object; setting?: object; signal?: AbortSignal }

async function ask({ type, model, at = '/v1/images/generations', body = {}, setting = {}, signal }: Asked): Promise<Response> {
  const { settings } = worker.relay.snapshots.current()!;
  worker.show({
    settings: { retryTimes: 2, guards: { ...settings.guards, fetch: { ...settings.guards.fetch, allowPrivate: true, ports: [new URL(shelf).port] } } },
    channels: [1, 2].map((id) => ({ id, type, models: [model], baseUrl: far.url, rules: { setting: JSON.stringify(setting) } })), prices: [{ model }],
  });
  return fetch(worker.url + at, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}` }, body: JSON.stringify({ model, prompt: 'a cat', ...body }), ...(signal ? { signal } : {}) });
}

/** The answers one after another; the last one again and again. */
const inTurn = (...answers: (string | { status: number; body: string })[]): void => far.answer((_, response, call) => {
  const answer = answers[Math.min(call, answers.length) - 1]!;
  sendJson(response, typeof answer === 'string' ? 200 : answer.status, typeof answer === 'string' ? answer : answer.body);
});
const paths = (): string[] => far.seen.map(({ path }) => path);
const bodyOf = ({ body }: Seen): unknown => JSON.parse(body);

const task = (status: string, more: object = {}): string => JSON.stringify({ request_id: 'r', output: { task_id: 'a b', task_status: status, ...more } });
const urls = ['https://x.test/1', 'https://x.test/2'];

describe('pictures of Alibaba that are made in the background', () => {
  it('are asked after until they are there, and charged once', async () => {
    inTurn(task('PENDING'), task('RUNNING'), { status: 429, body: '{"code":"Throttling","message":"slow"}' }, task('SUCCEEDED', { results: urls.map((url) => ({ url })) }));
    const answer = await ask({ type: 17, model: 'wanx-v1', body: { n: 2, size: '1024x1024', negative_prompt: 'dogs', seed: 1 } });
    expect([answer.status, await answer.json()]).toEqual([200, { created: expect.any(Number) as number, data: urls.map((url) => ({ url })) }]);
    expect(paths()).toEqual(['/api/v1/services/aigc/text2image/image-synthesis', ...Array.from({ length: 3 }, () => '/api/v1/tasks/a%20b')]);
    expect(far.seen[0]?.headers).toMatchObject({ 'x-dashscope-async': 'enable', authorization: 'Bearer secret-of-1' });
    expect(bodyOf(far.seen[0]!)).toEqual({ model: 'wanx-v1', input: { prompt: 'a cat', negative_prompt: 'dogs' }, parameters: { size: '1024*1024', n: 2, seed: 1 } });
    expect(far.seen[1]?.headers).toMatchObject({ authorization: 'Bearer secret-of-1' });
    expect(worker.books.entries).toMatchObject([{ outcome: 'settled', ending: { made: 2, attempts: [{ status: 200 }] } }]);
  });

  it.each([
    { name: 'failed by what was asked for', answers: [task('PENDING'), task('FAILED', { code: 'DataInspectionFailed', message: 'inappropriate' })], status: 400, code: 'content_policy_violation' },
    { name: 'failed by its provider', answers: [task('PENDING'), task('FAILED', { code: 'InternalError.Timeout', message: 'x' })], status: 503, code: 'bad_response_status_code' },
    { name: 'is not known any more', answers: [task('PENDING'), task('UNKNOWN')], status: 502, code: 'bad_response_body' },
    { name: 'is refused when it begins', answers: [{ status: 400, body: '{"code":"InvalidParameter","message":"size"}' }], status: 400, code: 'bad_response_status_code' },
    { name: 'may not be asked after', answers: [task('PENDING'), { status: 404, body: '{"code":"NotFound","message":"no"}' }], status: 502, code: 'bad_response_status_code' },
  ])('that $name cost nothing and are not made twice', async ({ answers, status, code }) => {
    inTurn(...answers);
    const answer = await ask({ type: 17, model: 'wanx-v1' });
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
    expect(paths().filter((path) => path.endsWith('image-synthesis'))).toHaveLength(1);
    expect(worker.books.entries).toMatchObject([{ outcome: 'released' }]);
  });

  it('are given up after the time of the channel, and their provider is told', async () => {
    inTurn(task('RUNNING'));
    const answer = await ask({ type: 17, model: 'wanx-v1', setting: { timeouts: { total: 1.5 } } });
    expect([answer.status, await answer.json()]).toMatchObject([504, { error: { code: 'upstream_timeout_first_byte' } }]);
    await eventually(() => expect(paths().at(-1)).toBe('/api/v1/tasks/a%20b/cancel'));
    expect(worker.books.entries).toMatchObject([{ outcome: 'released' }]);
  });

  it('are given up with their client', async () => {
    inTurn(task('RUNNING'));
    const gone = new AbortController(), answer = ask({ type: 17, model: 'wanx-v1', signal: gone.signal });
    await eventually(() => expect(paths()).toContain('/api/v1/tasks/a%20b'));
    gone.abort();
    await expect(answer).rejects.toThrow();
    await eventually(() => expect(paths()).toContain('/api/v1/tasks/a%20b/cancel'));
    await eventually(() => expect(worker.books.entries).toMatchObject([{ outcome: 'released', ending: { end: 'CLIENT_GONE' } }]));
  });

  it.each([
    { model: 'qwen-image-edit', path: '/multimodal-generation/generation', background: false, sent: { input: { messages: [{ role: 'user', content: [{ image: 'data:x' }, { text: 'a cat' }] }] } } },
    { model: 'wan2.6-image', path: '/image-generation/generation', background: true, sent: { input: { messages: [{ content: [{ image: 'data:x' }, { text: 'a cat' }] }] } } },
    { model: 'wanx2.1-imageedit', path: '/image2image/image-synthesis', background: true, sent: { input: { prompt: 'a cat', images: ['data:x'] } } },
  ])('$model edits at $path', async ({ model, path, background, sent }) => {
    inTurn(JSON.stringify({ output: { choices: [{ message: { content: [{ image: urls[0] }] } }] } }));
    const answer = await ask({ type: 17, model, at: '/v1/images/edits', body: { image: 'data:x' } });
    expect([answer.status, await answer.json()]).toMatchObject([200, { data: [{ url: urls[0] }] }]);
    expect(paths()).toEqual([`/api/v1/services/aigc${path}`]);
    expect(bodyOf(far.seen[0]!)).toMatchObject(sent);
    expect(far.seen[0]?.headers['x-dashscope-async']).toBe(background ? 'enable' : undefined);
  });
});

describe('pictures of Replicate that take longer', () => {
  it('are asked after at its address', async () => {
    inTurn('{"id":"p1","status":"starting","output":null}', '{"id":"p1","status":"processing"}', `{"id":"p1","status":"succeeded","output":"${urls[0]}"}`);
    const answer = await ask({ type: 56, model: 'black-forest-labs/flux-dev' });
    expect(await answer.json()).toMatchObject({ data: [{ url: urls[0] }] });
    expect(paths()).toEqual(['/v1/models/black-forest-labs/flux-dev/predictions', '/v1/predictions/p1', '/v1/predictions/p1']);
  });

  it.each([{ error: 'NSFW content detected', status: 400 }, { error: 'CUDA out of memory', status: 502 }])('fail with $error as $status', async ({ error, status }) => {
    inTurn('{"id":"p1","status":"starting"}', JSON.stringify({ id: 'p1', status: 'failed', error }));
    expect((await ask({ type: 56, model: 'black-forest-labs/flux-dev' })).status).toBe(status);
    expect(worker.books.entries).toMatchObject([{ outcome: 'released' }]);
  });
});

describe('media that an answer names by address', () => {
  const b64 = { response_format: 'b64_json' }, wanted = png.toString('base64');

  it.each([
    { type: 56, model: 'm/m', answer: () => JSON.stringify({ status: 'succeeded', output: [`${shelf}/a.png`] }) },
    { type: 17, model: 'qwen-image', answer: () => JSON.stringify({ output: { choices: [{ message: { content: [{ image: `${shelf}/a.png` }] } }] } }) },
    { type: 40, model: 'Kwai-Kolors/Kolors', answer: () => JSON.stringify({ images: [{ url: `${shelf}/a.png` }] }) },
  ])('is fetched for who wants bytes of $model', async ({ type, model, answer }) => {
    inTurn(answer());
    expect(await (await ask({ type, model, body: b64 })).json()).toMatchObject({ data: [{ b64_json: wanted }] });
    expect(await (await ask({ type, model })).json()).toMatchObject({ data: [{ url: `${shelf}/a.png` }] });
  });

  it('stays an address where it cannot be had: it was made', async () => {
    inTurn(JSON.stringify({ status: 'succeeded', output: [`${shelf}/gone`, `${shelf}/a.png`] }));
    expect(await (await ask({ type: 56, model: 'm/m', body: b64 })).json()).toMatchObject({ data: [{ url: `${shelf}/gone` }, { b64_json: wanted }] });
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { made: 2 } });
  });

  it('is the sound itself', async () => {
    inTurn(JSON.stringify({ output: { audio: { data: '', url: `${shelf}/a.wav` } } }));
    const answer = await ask({ type: 17, model: 'qwen3-tts-flash', at: '/v1/audio/speech', body: { input: 'hi', voice: 'Cherry' } });
    expect([answer.status, answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer())]).toEqual([200, 'audio/wav', sound]);
    inTurn(JSON.stringify({ output: { audio: { data: '', url: `${shelf}/gone` } } }));
    expect((await ask({ type: 17, model: 'qwen3-tts-flash', at: '/v1/audio/speech', body: { input: 'hi', voice: 'Cherry' } })).status).toBe(502);
  });
});
