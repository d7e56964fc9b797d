import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { Failure } from '../failure/failure.ts';
import { systemClock } from '../trace/clock.ts';
import { Signal } from './signal.ts';
import { EgressGuard } from './egress-guard.ts';
import { SocketUpstream, type SocketUpstreamOptions } from './socket-upstream.ts';
import { collect, usualTimeouts } from './testing/collect.ts';
import { rawServer } from './testing/raw-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0).reverse()) await cleanup(); });

const ok = (body: string, more = '') => `HTTP/1.1 200 OK\r\n${more}content-length: ${body.length}\r\n\r\n${body}`;
const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));

async function farEnd(...[onRequest, tls]: Parameters<typeof rawServer>) {
  const server = await rawServer(onRequest, tls);
  cleanups.push(() => server.close());
  return server;
}
interface Allowed { allow?: string[]; privateUpstreams?: () => readonly string[] }
function client({ allow = ['127.0.0.0/8'], privateUpstreams = () => [], ...options }: Partial<SocketUpstreamOptions> & Allowed = {}) {
  const upstream = new SocketUpstream({ clock: systemClock, guard: new EgressGuard(allow, privateUpstreams), ...options });
  cleanups.push(() => upstream.close());
  return upstream;
}

describe('a request', () => {
  it('goes out in one piece with host, length and its headers, and nothing packed is asked for', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes')));
    expect(await collect(client(), { origin: server.origin, path: '/v1/x?y=1', headers: ['authorization', 'Bearer k'] }, new Signal())).toMatchObject({ status: 200, body: 'yes' });
    expect(server.received[0]).toBe(`POST /v1/x?y=1 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nauthorization: Bearer k\r\naccept-encoding: identity\r\ncontent-length: 2\r\n\r\n{}`);
  });

  it('has no length when it is a GET without a body', async () => {
    const server = await farEnd((socket) => socket.write(ok('[]')));
    await collect(client(), { origin: server.origin, method: 'GET', body: undefined, headers: [] }, new Signal());
    expect(server.received[0]).not.toContain('content-length');
  });

  it('carries large bodies unchanged', async () => {
    const body = Buffer.from('0123456789abcdef'.repeat(200_000)), server = await farEnd((socket) => socket.write(ok('yes')));
    expect(await collect(client(), { origin: server.origin, body }, new Signal())).toMatchObject({ status: 200 });
    expect(server.received[0]?.slice(-body.length) === body.toString()).toBe(true);
  });

  it.each([
    { name: 'a line break in a header', change: { headers: ['x', 'a\r\nforged: 1'] } },
    { name: 'a character in a header that would become a line break', change: { headers: ['x', 'a\u010aforged: 1'] } },
    { name: 'a header name that is none', change: { headers: ['x y', '1'] } },
    { name: 'a space in the path', change: { path: '/a HTTP/1.1\r\nforged: 1' } },
    { name: 'an address of another kind', change: { origin: 'ftp://127.0.0.1' } },
  ])('with $name is not sent', async ({ change }) => {
    const server = await farEnd((socket) => socket.write(ok('yes')));
    expect(await collect(client(), { origin: server.origin, ...change }, new Signal())).toMatchObject({ code: 'do_request_failed' });
    expect(server.sockets).toHaveLength(0);
  });

  it('is not sent on to where a redirect points', async () => {
    const server = await farEnd((socket) => socket.write('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'));
    expect(await collect(client(), { origin: server.origin }, new Signal())).toMatchObject({ status: 302, body: '' });
  });
});

describe('a connection', () => {
  it('is used again after a whole answer of either framing', async () => {
    const server = await farEnd((socket, { request }) => socket.write(request % 2 ? ok('a') : 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n'));
    const upstream = client();
    for (let i = 0; i < 6; i++) expect(await collect(upstream, { origin: server.origin }, new Signal())).toMatchObject({ status: 200 });
    expect(server.sockets).toHaveLength(1);
  });

  it.each([
    { name: 'the upstream closes it', answer: ok('x', 'connection: close\r\n') },
    { name: 'the answer is of the older version', answer: 'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx' },
    { name: 'bytes follow that nobody asked for', answer: `${ok('x')}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged` },
    { name: 'the upstream keeps it for too short a time', answer: ok('x', 'keep-alive: timeout=1\r\n') },
  ])('is not used again when $name', async ({ answer }) => {
    const server = await farEnd((socket) => socket.write(answer)), upstream = client();
    for (let i = 0; i < 2; i++) expect(await collect(upstream, { origin: server.origin }, new Signal())).toMatchObject({ status: 200, body: 'x' });
    expect(server.sockets).toHaveLength(2);
  });

  it('is not used again when the answer came before the request was all sent', async () => {
    const server = await farEnd(() => {}), upstream = client();
    const answered = collect(upstream, { origin: server.origin, body: Buffer.alloc(30 << 20) }, new Signal());
    await eventually(() => expect(server.sockets).toHaveLength(1));
    server.sockets[0]!.pause();
    server.sockets[0]!.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n');
    expect(await answered).toMatchObject({ status: 413 });
    await eventually(() => expect(server.sockets[0]!.destroyed || server.sockets[0]!.resume().readableEnded).toBe(true));
  });

  it('that died in the pool is replaced once, unseen', async () => {
    // Answers the first request of each connection; a second one on it finds it closed without a byte.
    const server = await farEnd((socket, { request }) => (request === 0 ? socket.write(ok('yes')) : socket.destroy())), upstream = client();
    for (let i = 0; i < 3; i++) expect(await collect(upstream, { origin: server.origin }, new Signal())).toMatchObject({ status: 200, body: 'yes' });
    expect(server.sockets).toHaveLength(3);
  });

  it('is not replaced when a byte of the answer had come, and a fresh one not at all', async () => {
    const half = await farEnd((socket, { request }) => (request === 0 ? socket.write(ok('yes')) : socket.end('HTTP/1.1 2'))), upstream = client();
    await collect(upstream, { origin: half.origin }, new Signal());
    expect(await collect(upstream, { origin: half.origin }, new Signal())).toMatchObject({ code: 'do_request_failed' });
    expect(half.sockets).toHaveLength(1);
    const never = await farEnd((socket) => socket.destroy());
    expect(await collect(upstream, { origin: never.origin }, new Signal())).toMatchObject({ code: 'do_request_failed' });
    expect(never.sockets).toHaveLength(1);
  });

  it('is used, and made, while the name of another origin is looked up for ever (UPS-07)', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes')));
    const lookup = (host: string) => (host.startsWith('slow') ? new Promise<never>(() => undefined) : Promise.resolve({ addresses: ['127.0.0.1'], ttlSeconds: 60 }));
    const upstream = client({ lookup }), ask = (host: string, connectMs = usualTimeouts.connectMs) => collect(upstream, { origin: `http://${host}.test:${server.port}`, timeouts: { ...usualTimeouts, connectMs } }, new Signal());
    await ask('warm');
    let isOver = false;
    const slow = ask('slow', 1_000).finally(() => { isOver = true; });
    expect([await ask('warm'), await ask('other')]).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect([isOver, server.sockets.length]).toEqual([false, 2]);
    expect(await slow).toMatchObject({ code: 'upstream_timeout_connect' });
  });

  it('is made anew for what must not be done twice', async () => {
    const server = await farEnd((socket, { request }) => (request === 0 ? socket.write(ok('yes')) : socket.destroy())), upstream = client();
    for (let i = 0; i < 3; i++) expect(await collect(upstream, { origin: server.origin, once: true }, new Signal())).toMatchObject({ status: 200 });
    const never = await farEnd((socket) => socket.destroy());
    expect(await collect(upstream, { origin: never.origin, once: true }, new Signal())).toMatchObject({ code: 'do_request_failed' });
    expect([server.sockets.length, never.sockets.length]).toEqual([3, 1]);
  });

  it('is refused above the limit of its origin', async () => {
    const server = await farEnd(() => {}), upstream = client({ limits: { connections: 2 } }), signal = new Signal();
    const waiting = [collect(upstream, { origin: server.origin }, signal), collect(upstream, { origin: server.origin }, signal)];
    await eventually(() => expect(server.sockets).toHaveLength(2));
    expect(await collect(upstream, { origin: server.origin }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('2 connections') });
    signal.abort();
    expect(await Promise.all(waiting)).toMatchObject([{ code: 'client_gone' }, { code: 'client_gone' }]);
  });

  it('is ended after its idle time', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes'))), upstream = client({ limits: { idleMs: 300 } });
    await collect(upstream, { origin: server.origin }, new Signal());
    await eventually(() => expect(server.sockets[0]?.closed).toBe(true));
  });

  it('may be secure, and must then be with whom we meant', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes')), { key: pem('key'), cert: pem('certificate') });
    const authorities = pem('certificate').toString(), lookup = async () => ({ addresses: ['127.0.0.1'], ttlSeconds: 60 });
    const upstream = client({ authorities, lookup });
    for (let i = 0; i < 3; i++) expect(await collect(upstream, { origin: `https://upstream.test:${server.port}` }, new Signal())).toMatchObject({ status: 200, body: 'yes' });
    expect(server.sockets).toHaveLength(1);
    expect(await collect(upstream, { origin: `https://another.test:${server.port}` }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('altnames') });
    expect(await collect(client({ lookup }), { origin: `https://upstream.test:${server.port}` }, new Signal())).toMatchObject({ code: 'do_request_failed' });
  });
});

describe('an attempt', () => {
  it.each([
    { name: 'nobody accepts', code: 'upstream_timeout_connect', origin: 'http://127.0.0.1:9', lookup: true },
    { name: 'no answer begins', code: 'upstream_timeout_first_byte', first: '' },
    { name: 'the head does not end', code: 'upstream_timeout_first_byte', first: 'HTTP/1.1 200 OK\r\nx: y\r\n' },
    { name: 'the body falls silent', code: 'upstream_timeout_idle', first: 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart' },
  ])('ends with $code when $name', async ({ code, first, origin, lookup }) => {
    const server = await farEnd((socket) => { if (first) socket.write(first); });
    const upstream = client(lookup ? { lookup: () => new Promise(() => {}) } : {});
    const timeouts = { ...usualTimeouts, connectMs: 200, firstByteMs: 200, silenceMs: 200 };
    expect(await collect(upstream, { origin: origin ? 'http://black.hole' : server.origin, timeouts }, new Signal())).toMatchObject({ code });
    await eventually(() => expect(server.sockets.every((socket) => socket.closed)).toBe(true));
  });

  it('does not take a head that drips in for an answer', async () => {
    const server = await farEnd((socket) => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.on('close', () => clearInterval(timer));
    });
    const timeouts = { ...usualTimeouts, firstByteMs: 300 };
    expect(await collect(client(), { origin: server.origin, timeouts }, new Signal())).toMatchObject({ code: 'upstream_timeout_first_byte' });
  });

  it('ends when it takes too long as a whole, however lively it is', async () => {
    const server = await farEnd((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await collect(client(), { origin: server.origin, timeouts: { ...usualTimeouts, silenceMs: 150, totalMs: 400 } }, new Signal())).toMatchObject({ code: 'upstream_timeout_idle', status: 200 });
  });

  it('does not count the silence of a paused answer', async () => {
    const server = await farEnd((socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na'); setTimeout(() => socket.write('b'), 500); });
    const answer = await client().open({ origin: server.origin, method: 'POST', path: '/', headers: [], body: undefined, timeouts: { ...usualTimeouts, silenceMs: 200 } }, new Signal());
    if (answer instanceof Failure) throw new Error(answer.code);
    const outcome = new Promise<string>((resolve) => {
      let body = '';
      answer.start({ onData: (chunk, last) => { body += chunk.toString(); if (last) resolve(body); else answer.pause(); }, onEnd: () => resolve(body), onFailure: (failure) => resolve(failure.code) });
    });
    await pause(600);
    answer.resume();
    expect(await outcome).toBe('ab');
  });

  it('stops reading while the taker is slow, and loses nothing', async () => {
    const size = 32 << 20, server = await farEnd((socket) => { socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`); socket.write(Buffer.alloc(size, 'x')); });
    const answer = await client().open({ origin: server.origin, method: 'POST', path: '/', headers: [], body: undefined, timeouts: usualTimeouts }, new Signal());
    if (answer instanceof Failure) throw new Error(answer.code);
    await pause(200);
    let taken = 0;
    const whole = new Promise<number>((resolve) => { answer.start({ onData: (chunk, last) => { taken += chunk.length; answer.pause(); if (last) resolve(taken); }, onEnd: () => resolve(taken), onFailure: () => resolve(-1) }); });
    expect(taken).toBeLessThan(1 << 20);
    await pause(100);
    expect(taken).toBeLessThan(1 << 20);
    const pump = setInterval(() => answer.resume(), 0);
    expect(await whole).toBe(size);
    clearInterval(pump);
  });

  it.each([
    { name: 'while it waits for an answer', begin: '' },
    { name: 'in the middle of the answer', begin: 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart' },
  ])('is cancelled by the end of its connection $name, with no word after it', async ({ begin }) => {
    const server = await farEnd((socket) => { if (begin) socket.write(begin); }), signal = new Signal(), upstream = client();
    const opened = upstream.open({ origin: server.origin, method: 'POST', path: '/', headers: [], body: undefined, timeouts: usualTimeouts }, signal);
    await eventually(() => expect(server.received[0]).toContain('POST'));
    let words = 0;
    if (begin) {
      const answer = await opened;
      if (answer instanceof Failure) throw new Error(answer.code);
      answer.start({ onData: () => { answer.cancel(); answer.cancel(); }, onEnd: () => { words++; }, onFailure: () => { words++; } });
    } else {
      signal.abort();
      expect(await opened).toMatchObject({ code: 'client_gone' });
    }
    await eventually(() => expect(server.sockets[0]?.closed).toBe(true));
    expect(words).toBe(0);
  });

  it.each([
    { name: 'cut in the body', bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart', code: 'answer_cut', body: 'part' },
    { name: 'cut between chunks', bytes: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\n', code: 'answer_cut', body: 'part' },
    { name: 'broken in its chunks', bytes: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npartZ', code: 'bad_response_body', body: 'part' },
    { name: 'not HTTP at all', bytes: 'SSH-2.0-OpenSSH_9.2\r\n', code: 'bad_response_body', body: undefined },
    { name: 'ended before it began', bytes: '', code: 'do_request_failed', body: undefined },
  ])('that is $name ends with $code', async ({ bytes, code, body }) => {
    const server = await farEnd((socket) => socket.end(bytes));
    const outcome = await collect(client(), { origin: server.origin }, new Signal());
    expect([outcome, 'body' in outcome ? outcome.body : undefined]).toEqual([expect.objectContaining({ code }), body]);
  });

  it('tells a reset from an end where the end of the connection ends the answer', async () => {
    const server = await farEnd((socket) => { socket.write('HTTP/1.1 200 OK\r\n\r\npart'); setTimeout(() => socket.resetAndDestroy(), 50); });
    expect(await collect(client(), { origin: server.origin }, new Signal())).toMatchObject({ code: 'answer_cut', body: 'part' });
  });
});

describe('where a connection may go', () => {
  it.each(['http://127.0.0.1', 'http://10.1.2.3', 'http://169.254.169.254', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://0.0.0.0', 'http://2130706433', 'http://[fd00::1]', 'http://[64:ff9b::7f00:1]'])('not to %s unless it is listed', async (origin) => {
    expect(await collect(client({ allow: [] }), { origin }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('private') });
  });

  it('not to a public name that leads inside, and only to the address that was looked at', async () => {
    const server = await farEnd((socket) => socket.write(ok('secret'))), answers = [['127.0.0.1'], ['127.0.0.1']];
    const lookup = async () => ({ addresses: answers.shift() ?? ['127.0.0.1'], ttlSeconds: 0 });
    expect(await collect(client({ allow: [], lookup }), { origin: `http://rebind.test:${server.port}` }, new Signal())).toMatchObject({ code: 'do_request_failed', note: expect.stringContaining('127.0.0.1') });
    expect(server.sockets).toHaveLength(0);
  });

  it('follows the list of the snapshot, also for connections that wait in the pool', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes')));
    let listed: string[] = [];
    const upstream = client({ allow: [], privateUpstreams: () => listed }), ask = () => collect(upstream, { origin: server.origin }, new Signal());
    expect(await ask()).toMatchObject({ code: 'do_request_failed' });
    listed = [`127.0.0.1/32:${server.port}`];
    expect(await ask()).toMatchObject({ status: 200 });
    listed = ['127.0.0.1/32:1', 'nonsense/99'];
    expect(await ask()).toMatchObject({ code: 'do_request_failed' });
    expect(server.sockets).toHaveLength(1);
  });

  it('tries the next address when one refuses', async () => {
    const server = await farEnd((socket) => socket.write(ok('yes')));
    const lookup = async () => ({ addresses: ['127.0.0.9', '127.0.0.1'], ttlSeconds: 60 });
    expect(await collect(client({ lookup }), { origin: `http://two.test:${server.port}` }, new Signal())).toMatchObject({ status: 200 });
  });
});
