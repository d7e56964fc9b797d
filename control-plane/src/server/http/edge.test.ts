import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { openEdge, type Edge } from './edge.ts';

let app: TestApp, edge: Edge, base: string;
beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  base = `http://127.0.0.1:${edge.port}`;
});
afterAll(() => app.stop());

const site = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ site { version } }"}' };

/** Writes bytes as they are, and gives back what comes until the server closes or half a second has passed. */
function raw(bytes: string | Buffer, { thenClose = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(edge.port, '127.0.0.1', () => {
      socket.write(bytes);
      if (thenClose) socket.destroy();
    });
    let text = '';
    const end = () => { socket.destroy(); resolve(text); };
    socket.on('data', (chunk) => { text += chunk.toString(); }).on('close', end).on('error', end);
    setTimeout(end, 500);
  });
}

describe('the edge', () => {
  it('answers GraphQL, with the id of the request', async () => {
    const response = await fetch(`${base}/graphql`, site);
    expect(await response.json()).toMatchObject({ data: { site: { version: '0.1.0' } } });
    expect(response.headers.get('x-oneapi-request-id')).toMatch(/^req_/);
    expect(response.headers.has('uwebsockets'), 'the server does not name its software').toBe(false);
  });

  it('is alive and ready', async () => {
    expect((await fetch(`${base}/livez`)).status).toBe(200);
    expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ ready: true, postgresql: true, redis: true });
  });

  it('refuses a body of more than a mebibyte while it comes', async () => {
    const response = await fetch(`${base}/graphql`, { ...site, body: 'x'.repeat((1 << 20) + 1) });
    expect([response.status, (await response.json() as { errors: { extensions: object }[] }).errors[0]!.extensions]).toEqual([413, { code: 'DOCUMENT_TOO_LARGE' }]);
  });

  it('answers HEAD without a body and with its length', async () => {
    const response = await fetch(`${base}/livez`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '13', '']);
  });

  it('folds runs of slashes', async () => {
    expect((await fetch(`${base}//api///setup`)).status).toBe(200);
  });

  it.each([
    { name: 'garbage', bytes: '\u0000\u0001\u0002 nothing\r\n\r\n' },
    { name: 'headers without end', bytes: `GET / HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(20_000)}` },
    { name: 'a length that is none', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n' },
    { name: 'two lengths', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n' },
    { name: 'a body that breaks off', bytes: 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"query":', thenClose: true },
    { name: 'somebody who leaves before the answer', bytes: 'GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n', thenClose: true },
    { name: 'an upgrade to nothing', bytes: 'GET /graphql/ws HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n' },
  ])('outlives $name', async ({ bytes, thenClose }) => {
    expect(await raw(bytes, { thenClose })).not.toMatch(/^HTTP\/1\.1 5(?!05)/);
    expect((await fetch(`${base}/livez`)).status).toBe(200);
  });

  it('answers requests that come in one packet, in their order', async () => {
    const text = await raw('GET /livez HTTP/1.1\r\nhost: x\r\n\r\nGET /api/none HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual(['200', '404']);
  });

  it('refuses a second server on its port with one sentence', async () => {
    const again = openEdge({ host: '127.0.0.1', port: edge.port, door: app.door, sockets: app.socketBehavior, addressOf: app.addressOf });
    await expect(again).rejects.toThrow(`Port ${edge.port} on 127.0.0.1 is taken: stop what uses it, or set WEIR_CONTROL_PORT`);
  });

  it('waits for an answer under way when it stops', async () => {
    let finish = () => {};
    const gate = new Promise<void>((resolve) => { finish = resolve; });
    const slow = await openEdge({
      host: '127.0.0.1', port: 0, sockets: app.socketBehavior, addressOf: app.addressOf,
      door: async () => { await gate; return { status: 200, headers: [], body: 'late' }; },
    });
    const answer = fetch(`http://127.0.0.1:${slow.port}/`).then((response) => response.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = slow.stop(5_000);
    await expect(fetch(`http://127.0.0.1:${slow.port}/`)).rejects.toThrow();
    finish();
    expect(await answer).toBe('late');
    await stopped;
  });
});
