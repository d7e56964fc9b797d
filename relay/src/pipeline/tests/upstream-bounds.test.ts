/** UPS-01, 02, 05, 08 and 09, end to end: how often an upstream is asked, how long it is waited for, and what it may send. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import type { Socket } from 'node:net';
import { RetryBudget } from '../../routing/retry-budget.ts';
import type { UpstreamTimeouts } from '../../upstream/upstream.ts';
import { rawServer, type RawServer } from '../../upstream/testing/raw-server.ts';
import { keyOf, type PictureData } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

type Script = (socket: Socket) => void;
let first: RawServer, second: RawServer, worker: TestWorker, script: Script, asked: number[], used: Socket[];
/** Longer than any of these tests takes on a busy machine: each cuts short what it is about. */
const patient: UpstreamTimeouts = { connectMs: 20_000, firstByteMs: 20_000, silenceMs: 20_000, totalMs: 60_000 };
const hurry = (limits: Partial<UpstreamTimeouts>): void => { Object.assign(worker.relay, { timeouts: { ...patient, ...limits } }); };
const json = (status: number, body: string, more = ''): string => `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const events = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';
const chunk = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }] })}\n\n`;

beforeAll(async () => {
  first = await rawServer((socket) => { asked[0]!++; used.push(socket); script(socket); });
  second = await rawServer((socket) => { asked[1]!++; socket.write(json(500, '{"error":{"message":"no"}}')); });
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await first.close(); await second.close(); });
beforeEach(() => {
  asked = [0, 0];
  used = [];
  script = (socket) => socket.write(json(500, '{"error":{"message":"no"}}'));
  worker.books.entries.length = 0;
  Object.assign(worker.relay, { retries: new RetryBudget(), timeouts: patient });
});

const show = (retryTimes: number, channels: PictureData['channels'] = [{ id: 1, priority: 9, baseUrl: first.origin }, { id: 2, baseUrl: second.origin }]): void =>
  worker.show({ channels: channels.map((channel) => ({ models: ['m'], ...channel })), prices: [{ model: 'm' }], settings: { retryTimes } });
const ask = (stream = false, signal?: AbortSignal, path = '/v1/chat/completions'): Promise<Response> => fetch(`${worker.url}${path}`, {
  method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, ...(signal ? { signal } : {}),
  body: JSON.stringify({ model: 'm', stream, max_tokens: 9, messages: [{ role: 'user', content: 'x' }] }),
});
/** Of this test: none of the connections is open here or there. */
const ended = (): boolean => (used.length ? used : [first.sockets.at(-1)!]).every((socket) => socket.closed);
const hits = (): number => asked[0]! + asked[1]!;

it.each([{ setting: 0, most: 1 }, { setting: 2, most: 3 }, { setting: 50, most: 10 }])('UPS-01: with $setting retries and every upstream failing there are $most attempts under one hold', async ({ setting, most }) => {
  show(setting);
  expect((await ask()).status).toBe(500);
  expect([hits(), worker.books.entries.length, worker.books.last?.ending?.attempts.length]).toEqual([most, 1, most]);
});

it('UPS-01: all requests together repeat no more than their budget', async () => {
  show(9);
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
  expect(answers.every(({ status }) => status === 500)).toBe(true);
  expect(hits()).toBe(20 + 30);
});

it.each([{ name: 'is cut', end: (socket: Socket) => socket.resetAndDestroy() }, { name: 'falls silent', end: () => undefined }, { name: 'says that it failed', end: (socket: Socket) => socket.end('data: {"error":{"message":"no"}}\n\n') }])('UPS-02: a stream that $name after its first byte is not begun again', async ({ end }) => {
  show(3);
  hurry({ silenceMs: 300 });
  script = (socket) => socket.write(events + chunk, () => { setTimeout(() => end(socket), 30); });
  const answer = await ask(true);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('error')]);
  expect(asked).toEqual([1, 0]);
});

it('UPS-02: nothing is repeated for a client that left', async () => {
  show(3);
  const leaving = new AbortController();
  let upstream: Socket | undefined;
  script = (socket) => { upstream = socket; };
  const answer = ask(false, leaving.signal).catch(() => 'left');
  await eventually(() => expect(upstream).toBeDefined());
  leaving.abort();
  expect(await answer).toBe('left');
  await eventually(() => expect([worker.books.last?.outcome, upstream?.closed]).toEqual(['released', true]));
  expect([asked, worker.books.last?.ending?.attempts.length]).toEqual([[1, 0], 1]);
});

const drip = (socket: Socket, begin: string): void => {
  socket.write(begin);
  const timer = setInterval(() => socket.write(' '), 30);
  socket.on('close', () => clearInterval(timer));
};

it.each<{ name: string; script: Script; code: string; limits: Partial<UpstreamTimeouts>; secure?: true }>([
  { name: 'a connection that is never ready', secure: true, script: () => undefined, code: 'upstream_timeout_connect', limits: { connectMs: 200 } },
  { name: 'an answer that does not begin', script: () => undefined, code: 'upstream_timeout_first_byte', limits: { firstByteMs: 200 } },
  { name: 'a body that falls silent', script: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"id"'), code: 'upstream_timeout_idle', limits: { silenceMs: 200 } },
  { name: 'a body that drips for ever', script: (socket) => drip(socket, 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999999\r\n\r\n{'), code: 'upstream_timeout_idle', limits: { totalMs: 500 } },
])('UPS-05: $name ends with $code', async ({ script: next, code, limits, secure }) => {
  hurry(limits);
  show(0, [{ id: 1, baseUrl: secure ? first.origin.replace('http:', 'https:') : first.origin }]);
  script = next;
  const answer = await ask();
  expect([answer.status >= 500, await answer.json()]).toMatchObject([true, { error: { code } }]);
  expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { failure: code } });
  await eventually(() => expect(ended()).toBe(true));
});

it('UPS-08: what an upstream has ended is ended here too, whoever waits for it', async () => {
  show(0);
  const good = json(200, JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }));
  script = (socket) => socket.write(good, () => { setTimeout(() => socket.end(), 30); });
  expect((await Promise.all(Array.from({ length: 10 }, () => ask()))).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  await eventually(() => expect(ended()).toBe(true));
  script = (socket) => socket.write(good);
  expect((await ask()).status).toBe(200);
});

const evil = 'a-secret-of-the-upstream';
it.each<{ name: string; script: Script }>([
  { name: 'is not HTTP', script: (socket) => socket.end(`SSH-2.0-${evil}\r\n`) },
  { name: 'has a head past all bounds', script: (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${evil.repeat(4_000)}\r\n\r\n`) },
  { name: 'is interim for ever', script: (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)) },
  { name: 'is packed, as nobody asked', script: (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: application/json\r\ncontent-length: 24\r\n\r\n${evil}`) },
  { name: 'is framed twice', script: (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n${evil}`) },
  { name: 'has a chunk size that is none', script: (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${evil}\r\n`) },
  { name: 'is a web page', script: (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 24\r\n\r\n${evil}`) },
  { name: 'is JSON of something else', script: (socket) => socket.write(json(200, `["${evil}"]`)) },
  { name: 'is no JSON', script: (socket) => socket.write(json(200, evil)) },
  { name: 'is nothing', script: (socket) => socket.write(json(200, '')) },
])('UPS-09: an answer that $name is a clean failure of the provider, in our own words', async ({ script: next }) => {
  show(0);
  script = next;
  const answer = await ask(), text = await answer.text();
  expect([answer.status, JSON.parse(text)]).toMatchObject([502, { error: { code: expect.any(String) as string } }]);
  expect(text + JSON.stringify([...answer.headers])).not.toContain(evil);
  expect([worker.books.last?.outcome, worker.bugs]).toEqual(['released', []]);
});

it('UPS-09: an event past all bounds ends a stream that has to be read', async () => {
  show(0);
  script = (socket) => socket.write(`${events}${chunk}data: {"x":"${'y'.repeat(65 << 20)}`);
  const answer = await ask(true, undefined, '/v1/messages');
  expect(await answer.text()).toContain('event: error');
  await eventually(() => expect(ended()).toBe(true));
  expect([worker.books.last?.ending?.end, worker.bugs]).toEqual(['CUT', []]);
});

it('UPS-09: a whole answer that has to be read and does not end is given up at 64 MiB', async () => {
  show(0);
  script = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"x":"');
    const piece = Buffer.alloc(1 << 20, 'y'), more = (): void => { while (!socket.destroyed && socket.write(piece)) { /* as fast as it is read */ } };
    socket.on('drain', more);
    more();
  };
  const answer = await ask(false, undefined, '/v1/messages');
  expect([answer.status, (await answer.text()).length < 1_000]).toEqual([502, true]);
  await eventually(() => expect(ended()).toBe(true));
});
