import fc from 'fast-check';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((request, response) => (request.body.includes('"stream":true') ? sendStream(response, [chunkOf('x'), finishChunk, done]) : sendJson(response, 200, chatAnswer())));
  worker = await startWorker({ users: [{ role: 10 }], channels: [{ id: 1, baseUrl: far.url }], settings: { selfUse: true } });
});
afterAll(async () => { await worker.close(); await far.close(); });

const key = `Bearer sk-${keyOf('a')}`;

/** Everything that comes back until the connection ends, or nothing more comes. */
function exchange(bytes: Buffer, patienceMs = 60): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: worker.port, host: '127.0.0.1' });
    let text = '', timer = setTimeout(finish, patienceMs);
    function finish(): void { clearTimeout(timer); socket.destroy(); resolve(text); }
    socket.on('data', (data: Buffer) => { text += data.toString('latin1'); clearTimeout(timer); timer = setTimeout(finish, 15); });
    socket.on('close', finish);
    socket.on('error', finish);
    socket.write(bytes);
  });
}

const statusesOf = (text: string): number[] => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));
const ownFault = (text: string): boolean => statusesOf(text).some((status) => status >= 500 && status !== 503 && status !== 505);
const alive = async (): Promise<boolean> => (await fetch(`${worker.url}/livez`)).ok;

const post = (body: Buffer, headers: string[] = [], path = '/v1/chat/completions'): Buffer => Buffer.concat([
  Buffer.from(`POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${key}\r\nContent-Length: ${body.length}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`, 'latin1'), body,
]);

const good = { model: 'gpt-4o', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] };
const path = fc.constantFrom('/v1/chat/completions', '/v1/messages');

it('no JSON value of any shape brings out a fault of our own', async () => {
  const member = fc.constantFrom('model', 'stream', 'messages', 'max_tokens', 'stream_options', 'tools', 'system', '__proto__', 'constructor');
  const body = fc.oneof(fc.jsonValue(), fc.tuple(member, fc.jsonValue()).map(([name, value]) => ({ ...good, [name]: value })));
  await fc.assert(fc.asyncProperty(path, body, async (at, value) => {
    const answer = await fetch(`${worker.url}${at}`, { method: 'POST', headers: { authorization: key }, body: JSON.stringify(value) });
    const text = await answer.text();
    return (answer.status < 500 || answer.status === 503) && text.length > 0;
  }), { numRuns: 250 });
  expect([await alive(), worker.bugs]).toEqual([true, []]);
});

it('no bytes in the place of a body do', async () => {
  const whole = Buffer.from(JSON.stringify(good));
  const damaged = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 8 })).map(([at, bytes]) => Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + 1)]));
  await fc.assert(fc.asyncProperty(path, fc.oneof(damaged, fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes))), async (at, body) => {
    const answer = await fetch(`${worker.url}${at}`, { method: 'POST', headers: { authorization: key }, body: new Uint8Array(body) });
    await answer.text();
    return answer.status < 500 || answer.status === 503;
  }), { numRuns: 250 });
  expect([await alive(), worker.bugs]).toEqual([true, []]);
});

it('no header that a client can send does', async () => {
  const name = fc.constantFrom('authorization', 'x-api-key', 'content-encoding', 'x-forwarded-for', 'anthropic-beta', 'openai-beta', 'x-request-id', 'sec-websocket-protocol', 'connection', 'upgrade', 'expect', 'x');
  const value = fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 80 }), fc.constantFrom(`sk-${keyOf('a')}-999999999999`, `sk-${keyOf('a')}-1e3`, `${key}-`, 'gzip', 'br, gzip', '127.0.0.1,,::', 'websocket'))
    .map((text) => text.replaceAll(/[\0\r\n]/g, ''));
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 6 }), async (headers) => {
    return !ownFault(await exchange(post(Buffer.from(JSON.stringify(good)), headers.map(([one, text]) => `${one}: ${text}`))));
  }), { numRuns: 60 });
  expect([await alive(), worker.bugs]).toEqual([true, []]);
});

it('no sequence of raw bytes does', async () => {
  const pieces = fc.constantFrom('GET ', 'POST ', '/v1/models', ' HTTP/1.1', '\r\n', '\n', '\r', 'Host: x', 'Content-Length: 5', 'Content-Length: -1', 'Transfer-Encoding: chunked', '0\r\n\r\n', 'ffffffffffffffff\r\n', ': ', '\0', ' ', 'ä');
  await fc.assert(fc.asyncProperty(fc.array(pieces, { maxLength: 24 }), async (parts) => !ownFault(await exchange(Buffer.from(parts.join(''), 'latin1'), 60))), { numRuns: 60 });
  expect([await alive(), worker.bugs]).toEqual([true, []]);
});

const request = 'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n';
it.each([
  { name: 'two lengths', head: 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd', status: 400 },
  { name: 'the same length twice', head: 'Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc', status: 400 },
  { name: 'a length and a coding', head: 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', status: 400 },
  { name: 'a coding besides chunked', head: 'Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', status: 400 },
  { name: 'two codings', head: 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n', status: 400 },
  { name: 'a chunk size that is none', head: 'Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n', status: 400 },
  { name: 'a length with a sign', head: 'Content-Length: +3\r\n\r\nabc', status: 400 },
])('$name: $status, and the connection ends', async ({ head, status }) => {
  const text = await exchange(Buffer.from(request + head), 1_000);
  expect(statusesOf(text)).toEqual([status]);
  expect(text.toLowerCase()).toContain('connection: close');
});

it('an address above the limit is 414', async () => {
  const answer = await fetch(`${worker.url}/v1/models?${'a'.repeat(3_000)}`);
  expect(answer.status).toBe(401);
  expect(statusesOf(await exchange(Buffer.from(`GET /v1/models?${'a'.repeat(12_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)))[0]).toBeGreaterThanOrEqual(414);
});

it('an upgrade is refused like any other address that is not there', async () => {
  const text = await exchange(Buffer.from('GET /v1/unreal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'));
  expect(statusesOf(text)).toEqual([404]);
});

it('a large body is not read for a caller who is nobody', async () => {
  const text = await exchange(Buffer.from('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{'), 1_000);
  expect(statusesOf(text)).toEqual([401]);
  expect(text.toLowerCase()).toContain('connection: close');
});
