/** A provider that answers over a WebSocket, end to end. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { noExtra } from '../../snapshot/channel-extra.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let server: Server, worker: TestWorker, url: string;
let script: (socket: WebSocket, request: string) => void = () => undefined;
let refusal: number | undefined;
const paths: string[] = [], asked: string[] = [];

beforeAll(async () => {
  server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    paths.push(request.url ?? '');
    if (refusal !== undefined) { socket.end(`HTTP/1.1 ${refusal} No\r\ncontent-type: application/json\r\ncontent-length: 32\r\n\r\n{"message":"HMAC does not match"}`.slice(0, -1)); return; }
    sockets.handleUpgrade(request, socket, head, (one) => one.on('message', (data: Buffer) => { asked.push(data.toString()); script(one, data.toString()); }));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  worker = await startWorker({ channels: [{ id: 1, type: 18, models: ['SparkDesk-v3.1'], baseUrl: url, credentials: [{ id: 1, secret: 'app|secret|key' }], extra: noExtra }], prices: [{ model: 'SparkDesk-v3.1' }] });
});
afterAll(async () => { await worker.close(); server.closeAllConnections(); server.close(); });
beforeEach(() => { refusal = undefined; });

async function ask(path: string, more: object): Promise<{ status: number; text: string }> {
  const messages = [{ role: 'user', content: 'q' }];
  const response = await fetch(worker.url + path, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'SparkDesk-v3.1', max_tokens: 9, messages, ...more }) });
  return { status: response.status, text: await response.text() };
}

const frame = (status: number, content: string, usage?: object): string =>
  JSON.stringify({ header: { code: 0, sid: 's', status }, payload: { choices: { status, seq: 0, text: [{ content, role: 'assistant', index: 0 }] }, ...(usage ? { usage: { text: usage } } : {}) } });

it.each([
  { client: 'that wants it whole', path: '/v1/chat/completions', more: {}, says: '"content":"Hello"' },
  { client: 'that streams', path: '/v1/chat/completions', more: { stream: true }, says: '"content":"Hel"' },
  { client: 'of another dialect', path: '/v1/messages', more: { stream: true, system: 's' }, says: '"text":"Hel"' },
])('answers a client $client', async ({ path, more, says }) => {
  script = (socket) => { socket.send(frame(0, 'Hel')); socket.send(frame(2, 'lo', { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 })); };
  const { status, text } = await ask(path, more);
  expect([status, text.includes(says)]).toEqual([200, true]);
  const query = new URLSearchParams(paths.at(-1)?.split('?')[1]);
  expect([paths.at(-1)?.split('?')[0], [...query.keys()].toSorted((a, b) => a.localeCompare(b))]).toEqual(['/v3.1/chat', ['authorization', 'date', 'host']]);
  expect(JSON.parse(asked.at(-1) ?? '')).toMatchObject({
    header: { app_id: 'app' }, parameter: { chat: { domain: 'generalv3', max_tokens: 9 } }, payload: { message: { text: [{ role: 'user', content: 'system' in more ? 's\n\nq' : 'q' }] } },
  });
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 3, output: 2 } } });
});

it.each([
  { name: 'an error in a frame', act: (socket: WebSocket) => socket.send('{"header":{"code":10013,"message":"no","sid":"s","status":2}}') },
  { name: 'a socket that closes too early', act: (socket: WebSocket) => socket.terminate() },
])('takes $name for the failure that it is', async ({ act }) => {
  script = act;
  expect((await ask('/v1/chat/completions', { stream: true })).status).toBeGreaterThanOrEqual(400);
  expect(worker.books.last?.outcome).toBe('released');
});

it('blames the channel when the handshake is refused', async () => {
  refusal = 401;
  expect(await ask('/v1/chat/completions', {})).toMatchObject({ status: 502, text: expect.not.stringContaining('HMAC') });
});
