import { gzipSync } from 'node:zlib';
import { WebSocket } from 'undici';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Books } from '../../harness/books.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { expectExactBooks } from '../../harness/expect-exact-books.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { Load } from '../../harness/load.ts';
import { sendRaw } from '../../harness/raw-socket.ts';
import { addChannel, makeToken, setUp } from '../../harness/steps.ts';
import { until } from '../../harness/until.ts';

const model = 'gpt-4o', price = 2_250;
/** One channel for each way in which an upstream misbehaves; the client asks for the order by its model name. */
const orders = ['status:500', 'status:400', 'status:401', '429:retry-after=2', 'ok-status-error-body', 'garbage', 'empty-stream', 'reset-before-headers', 'cut-in-frame:3', 'huge-frame:2mb', 'no-end', 'split-utf8', 'garbage-after-done', 'usage-twice', 'no-usage', 'zero-usage', 'absurd-usage', 'error-in-stream:4'];

let house: House, root: ControlClient, key: string, credited: number, pids: (number | undefined)[], loads = 0;

beforeAll(async () => {
  house = await openHouse({ ownPostgres: true, environment: { WEIR_BODY_LIMIT: '1' } });
  root = await setUp(house);
  credited = (await new Books(house.services.databaseUrl).account('user:1')).balance;
  await addChannel(root, { name: 'good', type: 1, baseUrl: house.mock.url, models: [model], modelMapping: JSON.stringify({ [model]: `${model}+input:1000+output:200` }) });
  const mapping = Object.fromEntries(orders.map((order, index) => [`gpt-4o-bad-${index}`, `mock/${order}`]));
  await addChannel(root, { name: 'bad', type: 1, baseUrl: house.mock.url, models: Object.keys(mapping), modelMapping: JSON.stringify(mapping) });
  ({ key } = await makeToken(root, { name: 'hostile', unlimited: true }));
  await until('the relay knows the token', 3_000, async () => (await post('/v1/chat/completions', good)).ok);
  pids = [house.relay.pid, house.controlPlane.pid];
});
afterAll(() => house?.close());

/** After each hostile act: the same processes, both alive. */
afterEach(async () => {
  for (const one of [house.relay, house.controlPlane]) expect((await fetch(`${one.url}/livez`)).status).toBe(200);
  expect([house.relay.pid, house.controlPlane.pid]).toEqual(pids);
  expect([house.relay.isRunning(), house.controlPlane.isRunning()]).toEqual([true, true]);
});

const good = JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] });
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> => fetch(`${house.relay.url}${path}`, {
  method: 'POST', body, signal: AbortSignal.timeout(10_000), headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
});

const chat = '/v1/chat/completions', messages = '/v1/messages';
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

interface Hostile { name: string; path: string; body: string | Buffer<ArrayBuffer>; headers?: Record<string, string>; statuses: number[] }

it.each<Hostile>([
  { name: 'no JSON', path: chat, body: '{"model":', statuses: [400] },
  { name: 'no body', path: chat, body: '', statuses: [400] },
  { name: 'an array', path: chat, body: '[]', statuses: [400] },
  { name: 'a number', path: messages, body: '7', statuses: [400] },
  { name: 'null', path: messages, body: 'null', statuses: [400] },
  { name: 'bytes that are no UTF-8', path: chat, body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), statuses: [400] },
  { name: 'brackets 50,000 deep', path: chat, body: `{"model":"${model}","messages":${deep}}`, statuses: [200, 400] },
  { name: 'a model that is a number', path: chat, body: '{"model":5,"messages":[]}', statuses: [400] },
  { name: 'a model that is empty', path: chat, body: '{"model":"","messages":[]}', statuses: [400] },
  { name: 'a model with a zero byte', path: chat, body: '{"model":"gpt\\u0000","messages":[{"role":"user","content":"x"}]}', statuses: [400] },
  { name: 'a model with half a character', path: chat, body: '{"model":"gpt\\ud800","messages":[{"role":"user","content":"x"}]}', statuses: [400] },
  { name: 'a model of 100,000 letters', path: chat, body: JSON.stringify({ model: 'x'.repeat(100_000), messages: [] }), statuses: [400] },
  { name: 'a model that nobody serves', path: chat, body: '{"model":"🙂 no such model","messages":[]}', statuses: [503] },
  { name: 'an id of the client that is long and strange', path: chat, body: good, headers: { 'x-request-id': `'"\\;drop table log;--${'é'.repeat(300)}` }, statuses: [200] },
  { name: 'no model', path: messages, body: '{"messages":[]}', statuses: [400] },
  { name: 'max_tokens that is negative', path: chat, body: `{"model":"${model}","max_tokens":-5,"messages":[{"role":"user","content":"x"}]}`, statuses: [200, 400] },
  { name: 'max_tokens beyond all numbers', path: chat, body: `{"model":"${model}","max_tokens":1e400,"messages":[{"role":"user","content":"x"}]}`, statuses: [200, 400, 403] },
  { name: 'stream that is a word', path: chat, body: `{"model":"${model}","stream":"yes","messages":[{"role":"user","content":"x"}]}`, statuses: [200, 400] },
  { name: 'messages over anthropic without max_tokens to a converted channel', path: messages, body: `{"model":"${model}","messages":[{"role":"user","content":"x"}]}`, statuses: [200, 400] },
  { name: 'content of an unknown kind to a converted channel', path: messages, body: `{"model":"${model}","max_tokens":5,"messages":[{"role":"user","content":[{"type":"hologram"}]}]}`, statuses: [200, 400] },
  { name: 'a prototype for a member', path: chat, body: `{"__proto__":{"model":"x"},"model":"${model}","messages":[{"role":"user","content":"x"}]}`, statuses: [200, 400] },
  { name: 'a body over the limit', path: chat, body: JSON.stringify({ model, messages: [{ role: 'user', content: 'x'.repeat(1 << 20) }] }), statuses: [413] },
  { name: 'a zip bomb', path: chat, body: gzipSync(Buffer.alloc(64 << 20)), headers: { 'content-encoding': 'gzip' }, statuses: [400, 413] },
  { name: 'gzip that is none', path: chat, body: 'hello', headers: { 'content-encoding': 'gzip' }, statuses: [400] },
  { name: 'an encoding that nobody knows', path: chat, body: good, headers: { 'content-encoding': 'snappy' }, statuses: [400, 415] },
  { name: 'an unknown path', path: '/v1/telepathy', body: good, statuses: [404] },
  { name: 'a path out of the tree', path: '/v1/..%2f..%2fetc/passwd', body: good, statuses: [404] },
  { name: 'a key that is none', path: chat, body: good, headers: { authorization: 'Bearer nonsense' }, statuses: [401] },
  { name: 'no key', path: chat, body: good, headers: { authorization: '' }, statuses: [401] },
  { name: 'a key of 7,000 letters', path: messages, body: good, headers: { authorization: `Bearer sk-${'k'.repeat(7_000)}` }, statuses: [401, 431] },
  { name: 'a key of the right form', path: chat, body: good, headers: { authorization: `Bearer sk-${'A'.repeat(48)}` }, statuses: [401] },
])('relay refuses $name', async ({ path, body, headers, statuses }) => {
  const answer = await post(path, body, headers);
  expect(statuses).toContain(answer.status);
  if (!answer.ok) expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(/\w+/);
});

it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('relay refuses the method %s where only POST makes sense', async (method) => {
  const answer = await fetch(`${house.relay.url}${chat}`, { method, headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBeLessThan(500);
});

const raw = [
  { name: 'random bytes', bytes: Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 256)) },
  { name: 'a negative length', bytes: `POST ${chat} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n` },
  { name: 'two lengths', bytes: `POST ${chat} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello` },
  { name: 'a length and chunks', bytes: `POST ${chat} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n` },
  { name: 'a chunk of nonsense size', bytes: `POST ${chat} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n` },
  { name: 'half a request', bytes: `POST ${chat} HTTP/1.1\r\nHost: x\r\nContent-Le` },
  { name: 'headers of 200 kB', bytes: `GET /v1/models HTTP/1.1\r\nHost: x\r\n${'X-Long: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n'.repeat(4_000)}\r\n` },
  { name: 'another protocol', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
  { name: 'a version that is none', bytes: 'GET / HTTP/9.9\r\nHost: x\r\n\r\n' },
];
it.each(raw.flatMap((one) => [{ ...one, port: 'relay' as const }, { ...one, port: 'controlPlane' as const }]))('$port survives $name on the socket', async ({ port, bytes }) => {
  // 505 is what the socket library says to bytes that are not HTTP/1.1, before anything of ours sees them.
  expect(await sendRaw(house[port].url, bytes)).not.toMatch(/^HTTP\/1\.1 5(?!05)\d\d/);
});

it.each(orders.map((order, index) => ({ order, asked: `gpt-4o-bad-${index}` })).flatMap((one) => [{ ...one, stream: false }, { ...one, stream: true }]))('an upstream with $order, stream $stream, is never our own 500', async ({ asked, stream }) => {
  const answer = await post(chat, JSON.stringify({ model: asked, stream, messages: [{ role: 'user', content: 'hello' }] }));
  const text = await answer.text().catch((error: unknown) => `cut: ${String(error)}`);
  expect(answer.status, text).not.toBe(500);
  expect(text).not.toContain('"internal"');
});

const graphql = async (body: string | object): Promise<{ status: number; text: string }> => {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) };
  try {
    const answer = await house.newClient().fetch('/graphql', request);
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    // A client that still writes while it is refused may see the connection end before it reads the answer.
    const { code } = (error as Error).cause as { code?: string };
    if (request.body.length > 1 << 20 && (code === 'EPIPE' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')) return { status: 413, text: '' };
    throw error;
  }
};
const nested = (depth: number): string => (depth ? `{ __typename a ${nested(depth - 1)} }` : '{ __typename }');

it.each([
  { name: 'no JSON', body: '{' },
  { name: 'no body', body: '' },
  { name: 'an array of operations', body: [{ query: '{ site { version } }' }, { query: '{ site { version } }' }] },
  { name: 'a query that is a number', body: { query: 5 } },
  { name: 'a query that is none', body: { query: 'not graphql {' } },
  { name: 'an unknown field', body: { query: '{ site { secretOfLife } }' } },
  { name: 'an unknown operation', body: { query: 'query a { site { version } }', operationName: 'b' } },
  { name: 'variables of the wrong type', body: { query: 'query ($input: LoginInput!) { __typename }', variables: { input: 7 } } },
  { name: 'variables that are a list', body: { query: '{ site { version } }', variables: [] } },
  { name: '1,000 aliases', body: { query: `{ ${Array.from({ length: 1_000 }, (_, index) => `a${index}: site { version }`).join(' ')} }` } },
  { name: 'a query 500 deep', body: { query: nested(500) } },
  { name: 'fragments in a circle', body: { query: 'query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }' } },
  { name: '20,000 tokens', body: { query: `{ ${'__typename '.repeat(20_000)} }` } },
  { name: 'introspection by nobody', body: { query: '{ __schema { types { name } } }' } },
  { name: 'a body of 12 MB', body: { query: `{ __typename } #${'x'.repeat(12 << 20)}` } },
])('control plane refuses $name over GraphQL', async ({ body }) => {
  const { status, text } = await graphql(body);
  expect(status, text.slice(0, 300)).toBeGreaterThanOrEqual(400);
  expect(status, text.slice(0, 300)).toBeLessThan(500);
  expect(text).not.toContain('INTERNAL_SERVER_ERROR');
});

it.each([
  { name: 'an unknown path', method: 'GET', path: '/api/nothing' },
  { name: 'an unknown method', method: 'PATCH', path: '/api/user/login' },
  { name: 'no JSON', method: 'POST', path: '/api/user/login', body: '{' },
  { name: 'the wrong types', method: 'POST', path: '/api/user/login', body: '{"username":5,"password":[]}' },
  { name: 'a null body', method: 'POST', path: '/api/user/login', body: 'null' },
  { name: 'an id that is a word', method: 'GET', path: '/api/token/seven' },
  { name: 'an id beyond all numbers', method: 'GET', path: '/api/token/99999999999999999999999' },
  { name: 'a page before the first', method: 'GET', path: '/api/log?p=-1&page_size=-5' },
  { name: 'a percent sign alone', method: 'GET', path: '/api/token/%' },
])('control plane refuses $name over REST', async ({ method, path, body }) => {
  for (const client of [root, house.newClient()]) {
    const answer = await client.fetch(path, { method, ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }) });
    expect(answer.status, await answer.text()).toBeLessThan(500);
  }
});

it.each([
  { name: 'text that is no JSON', frame: 'hello' },
  { name: 'a message of no known type', frame: '{"type":"surprise"}' },
  { name: 'a subscription before the greeting', frame: '{"id":"1","type":"subscribe","payload":{"query":"subscription { x }"}}' },
  { name: 'bytes', frame: new Uint8Array([1, 2, 3]) },
  { name: 'a frame of 20 MB', frame: 'x'.repeat(20 << 20) },
])('the subscription socket closes on $name', async ({ frame }) => {
  const socket = new WebSocket(`${house.controlPlane.url.replace('http', 'ws')}/graphql/ws`, { protocols: 'graphql-transport-ws', headers: { origin: house.controlPlane.url } });
  const closed = new Promise<boolean>((resolve) => { socket.addEventListener('close', () => resolve(true)); socket.addEventListener('error', () => resolve(true)); });
  await new Promise((resolve) => { socket.addEventListener('open', resolve); });
  socket.send(frame);
  expect(await closed).toBe(true);
});

async function underLoad(hurt: (load: Load) => Promise<void>): Promise<void> {
  const load = new Load({ name: `hurt-${++loads}`, relayUrls: [house.relay.url], key, model, clients: 6 });
  await load.moreCompleted(30, 10_000);
  await hurt(load).catch(async (error: unknown) => { await load.stop(); throw error; });
  const outcomes = await load.stop();
  expect(outcomes.filter((outcome) => !outcome.complete)).toEqual([]);
  await expectExactBooks(house, { outcomes, price, credited });
}

it('serves without one failure while Redis is frozen, and loses nothing', () => underLoad(async (load) => {
  house.services.redis.freeze();
  await load.moreCompleted(100, 10_000);
  await new Promise((resolve) => { setTimeout(resolve, 3_000); });
  house.services.redis.thaw();
}));

it('serves without one failure while PostgreSQL restarts, and loses nothing', () => underLoad(async (load) => {
  await house.services.postgres!.stop();
  await load.moreCompleted(100, 10_000);
  await house.services.postgres!.start();
  await house.controlPlane.ready();
}));

it('control plane answers 503 and not 500 or 401 while PostgreSQL is away, and comes back by itself', async () => {
  await house.services.postgres!.stop();
  const away = await root.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ viewer { user { username } } }"}' });
  const text = await away.text();
  expect([401, 403], text).not.toContain(away.status);
  await house.services.postgres!.start();
  await until('answers again', 10_000, async () => (await root.query<{ viewer: { user: { username: string } } }>('{ viewer { user { username } } }')).viewer.user.username === 'root');
});
