import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { Failure } from '../failure/failure.ts';
import { systemClock } from '../trace/clock.ts';
import { EgressGuard } from './egress-guard.ts';
import { readProxy } from './proxy.ts';
import { Signal } from './signal.ts';
import { SocketUpstream } from './socket-upstream.ts';
import { collect, usualTimeouts } from './testing/collect.ts';
import { httpProxy, socksProxy, type TestProxy } from './testing/proxies.ts';
import { rawServer, type RawServer } from './testing/raw-server.ts';

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
const login = 'us er:p@ss';
let proxies: Record<string, TestProxy>, plain: RawServer, secure: RawServer;
const clients: SocketUpstream[] = [];

beforeAll(async () => {
  proxies = { http: await httpProxy(login), socks5: await socksProxy(login) };
  const answer = (socket: { write(text: string): void }) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes');
  plain = await rawServer(answer);
  secure = await rawServer(answer, { key: pem('key'), cert: pem('certificate') });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all([plain.close(), secure.close()]);
  Object.values(proxies).forEach((proxy) => proxy.close());
});

function client(allow: string[]): SocketUpstream {
  // Names are for the proxy to resolve: here nothing but the proxy's own address may be reached.
  const made = new SocketUpstream({ clock: systemClock, guard: new EgressGuard(allow, () => []), authorities: pem('certificate').toString(), lookup: () => Promise.resolve({ addresses: [], ttlSeconds: 60 }) });
  clients.push(made);
  return made;
}
const through = (kind: string, as = login): string => `${kind}://${as.split(':').map(encodeURIComponent).join(':')}@127.0.0.1:${proxies[kind]!.port}`;

it.each(['http', 'socks5'])('through %s goes what is plain and what is not, over kept connections, with names as they are', async (kind) => {
  const one = client(['127.0.0.1/32']), proxy = through(kind), before = proxies[kind]!.asked.length;
  for (let time = 0; time < 2; time++) {
    expect(await collect(one, { origin: `http://provider.test:${plain.port}`, proxy }, new Signal())).toMatchObject({ status: 200, body: 'yes' });
    expect(await collect(one, { origin: `https://upstream.test:${secure.port}`, proxy }, new Signal())).toMatchObject({ status: 200, body: 'yes' });
  }
  expect(proxies[kind]!.asked.slice(before)).toEqual([`provider.test:${plain.port}`, `upstream.test:${secure.port}`]);
});

it.each(['http', 'socks5'])('a %s proxy that refuses the login is a provider that cannot be reached, and its words stay inside', async (kind) => {
  const outcome = await collect(client(['127.0.0.1/32']), { origin: `http://provider.test:${plain.port}`, proxy: through(kind, 'us er:wrong') }, new Signal());
  expect(outcome).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('does not let through') as string });
  expect(JSON.stringify(outcome)).not.toContain('wrong');
});

it.each(['http', 'socks5'])('through %s goes a secure WebSocket, which must be with whom we meant', async (kind) => {
  const server = createServer({ key: pem('key'), cert: pem('certificate') }), sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo, one = client(['127.0.0.1/32']);
  const connect = (host: string) => one.connect({ origin: `https://${host}:${port}`, path: '/', headers: [], timeouts: usualTimeouts, proxy: through(kind) }, new Signal());
  const socket = await connect('upstream.test');
  if (socket instanceof Failure || !('listen' in socket)) throw new Error('no socket');
  const heard = new Promise<string>((resolve) => { socket.listen({ onMessage: (data) => resolve(data.toString()), onClose: () => resolve('closed') }); });
  socket.send(Buffer.from('hello'), false);
  expect(await heard).toBe('hello');
  expect(await connect('another.test')).toMatchObject({ code: 'do_request_failed', details: { note: expect.stringContaining('altnames') as string } });
  expect(await connect('169.254.169.254')).toMatchObject({ code: 'do_request_failed', details: { note: expect.stringContaining('private') as string } });
  sockets.clients.forEach((each) => each.terminate());
  server.close();
});

it('a proxy at a private address must be allowed like any upstream', async () => {
  expect(await collect(client([]), { origin: 'http://provider.test', proxy: through('http') }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('private') as string });
});

it('behind a proxy private addresses stay closed', async () => {
  expect(await collect(client([`127.0.0.1/32:${proxies['http']!.port}`]), { origin: 'http://169.254.169.254', proxy: through('http') }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('private') as string });
});

it('a proxy that is not there is tried as long as a connection may take', async () => {
  const gone = await httpProxy(login);
  gone.close();
  expect(await collect(client(['127.0.0.1/32']), { origin: 'http://provider.test', proxy: `http://127.0.0.1:${gone.port}` }, new Signal())).toMatchObject({ code: 'do_request_failed' });
});

it.each([
  { text: 'socks5://u:p%40@h:9', is: { kind: 'socks5', host: 'h', port: 9, user: 'u', password: 'p@' } }, { text: 'http://h', is: { kind: 'http', port: 80, user: '' } },
  { text: 'https://[::1]:8443', is: { kind: 'https', host: '::1', port: 8443 } }, { text: 'socks5h://h', is: { kind: 'socks5', port: 1080 } },
])('$text is read', ({ text, is }) => expect(readProxy(text)).toMatchObject(is));
it.each(['', 'ftp://h', 'h:1080', 'socks4://h'])('"%s" is no proxy', (text) => expect(readProxy(text)).toBeUndefined());
