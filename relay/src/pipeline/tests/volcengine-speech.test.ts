/** Sound over a WebSocket of binary frames (providers 3.8), end to end. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { readExtra } from '../../snapshot/channel-extra.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let server: Server, worker: TestWorker, url: string, status: number | undefined;
let script: (socket: WebSocket) => void = () => undefined;
const seen: { path: string; headers: IncomingHttpHeaders }[] = [], asked: Buffer[] = [], open: WebSocket[] = [];

beforeAll(async () => {
  server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    seen.push({ path: request.url ?? '', headers: request.headers });
    if (status !== undefined) { socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`); return; }
    sockets.handleUpgrade(request, socket, head, (one) => { open.push(one); one.on('message', (data: Buffer) => { asked.push(data); script(one); }); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); server.closeAllConnections(); server.close(); });
beforeEach(() => { seen.length = asked.length = open.length = 0; status = undefined; worker.books.entries.length = 0; });

const word = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
const frame = (kind: number, flags: number, first: number, payload: string | Buffer, isPacked = false): Buffer =>
  Buffer.concat([Buffer.from([0x11, (kind << 4) | flags, isPacked ? 0x01 : 0x00, 0]), word(first), word(Buffer.byteLength(payload)), Buffer.from(payload)]);
const acknowledged = Buffer.from([0x11, 0b1011_0000, 0, 0]);
const sound = (sequence: number, payload: string): Buffer => frame(0b1011, 1, sequence, payload);
const fault = (code: number, message: string): Buffer => frame(0b1111, 0, code, message);

const post = (body: object = {}, settings: object = {}, signal?: AbortSignal): Promise<Response> => {
  const channel = { id: 1, type: 45, models: ['volcano-tts'], baseUrl: url, credentials: [{ id: 1, secret: 'app1|token1' }], extra: readExtra({ other: '', organization: '', settings: JSON.stringify(settings) }) };
  worker.show({ settings: { retryTimes: 0 }, channels: [channel], prices: [{ model: 'volcano-tts' }] });
  return fetch(`${worker.url}/v1/audio/speech`, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'volcano-tts', input: 'hi', voice: 'alloy', ...body }), ...(signal ? { signal } : {}) });
};

it.each([
  { name: 'a voice of OpenAI', voice: 'alloy', settings: {}, type: 'zh_male_M392_conversation_wvae_bigtts' },
  { name: 'a voice that the channel names', voice: 'alloy', settings: { voices: { alloy: 'mine' } }, type: 'mine' },
  { name: 'a voice of its own', voice: 'BV001_streaming', settings: {}, type: 'BV001_streaming' },
])('asks in one frame, for $name', async ({ voice, settings, type }) => {
  script = (socket) => { for (const each of [acknowledged, sound(1, 'SO'), sound(2, 'UN'), sound(-3, 'D')]) socket.send(each); };
  const answer = await post({ voice, speed: 1.5, response_format: 'opus' }, settings);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'audio/ogg', 'SOUND']);
  expect(seen).toMatchObject([{ path: '/api/v1/tts/ws_binary', headers: { authorization: 'Bearer;token1' } }]);
  const [request] = asked;
  expect([request?.subarray(0, 4), request?.readUInt32BE(4)]).toEqual([Buffer.from([0x11, 0x10, 0x10, 0]), request!.length - 8]);
  expect(JSON.parse(request!.toString('utf8', 8))).toMatchObject({
    app: { appid: 'app1', token: 'token1' }, audio: { voice_type: type, encoding: 'ogg_opus', speed_ratio: 1.5 }, request: { text: 'hi', operation: 'submit', reqid: expect.stringMatching(/^[\da-f-]{36}$/) as string },
  });
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE', tokens: { input: 2 } } }));
});

it('passes sound on before all of it is made', async () => {
  script = (socket) => socket.send(sound(1, 'first'));
  const reader = (await post()).body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
  open[0]!.send(sound(-2, 'last'));
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
  expect((await reader.read()).done).toBe(true);
});

it('tells its sound as events where they are asked for', async () => {
  script = (socket) => { socket.send(sound(1, 'AB')); socket.send(sound(-2, '')); };
  const answer = await post({ stream_format: 'sse' });
  expect(await answer.text()).toBe('event: speech.audio.delta\ndata: {"type":"speech.audio.delta","audio":"QUI="}\n\nevent: speech.audio.done\ndata: {"type":"speech.audio.done"}\n\n');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE' } }));
});

it.each<{ name: string; act: (socket: WebSocket) => void; is: number }>([
  { name: 'a voice that there is not', act: (socket) => socket.send(fault(3050, 'no such voice')), is: 400 },
  { name: 'too many at a time', act: (socket) => socket.send(fault(3003, 'slow down')), is: 429 },
  { name: 'a fault of its own, packed', act: (socket) => socket.send(frame(0b1111, 0, 3031, gzipSync('down'), true)), is: 503 },
  { name: 'a frame that is cut', act: (socket) => socket.send(sound(1, 'AB').subarray(0, 13)), is: 502 },
  { name: 'a frame that says it is packed and is not', act: (socket) => socket.send(frame(0b1011, 1, 1, 'AB', true)), is: 502 },
  { name: 'a text that is no frame', act: (socket) => socket.send('hello'), is: 502 },
  { name: 'an empty message', act: (socket) => socket.send(Buffer.alloc(0)), is: 502 },
  { name: 'nothing', act: (socket) => socket.close(), is: 502 },
])('costs nothing for $name', async ({ act, is }) => {
  script = act;
  const answer = await post();
  expect([answer.status, await answer.json()]).toMatchObject([is, { error: {} }]);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
  expect(worker.bugs).toEqual([]);
});

it('costs nothing for a handshake that is refused', async () => {
  status = 503;
  expect((await post()).status).toBe(503);
  expect(worker.books.last).toMatchObject({ outcome: 'released' });
});

it.each([
  { name: 'an error', act: (socket: WebSocket) => socket.send(fault(3031, 'down')) },
  { name: 'a close', act: (socket: WebSocket) => socket.terminate() },
])('breaks off with $name behind the first sound', async ({ act }) => {
  script = (socket) => socket.send(sound(1, 'first'));
  const reader = (await post()).body!.getReader();
  await reader.read();
  act(open[0]!);
  await expect(reader.read().then(({ done }) => { if (done) throw new Error('ended'); })).rejects.toThrow();
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: expect.stringMatching(/CUT|UPSTREAM_ERROR/) as string } }));
});

it('leaves its provider when the client leaves', async () => {
  script = () => undefined;
  const leaving = new AbortController(), gone = post({}, {}, leaving.signal).catch((error: Error) => error.name);
  await eventually(() => expect(asked).toHaveLength(1));
  leaving.abort();
  expect(await gone).toBe('AbortError');
  await eventually(() => expect(open[0]?.readyState).toBe(3));
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { end: 'CLIENT_GONE' } }));
});
