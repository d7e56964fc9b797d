import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayReach } from './address-rules.ts';
import { Egress, EgressFailure } from './egress.ts';
import { egressFetch } from './egress-fetch.ts';

const answers: Record<string, RequestListener> = {
  '/echo': (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => response.writeHead(201, { 'x-method': request.method }).end(Buffer.concat(parts)));
  },
  '/moved': (_, response) => response.writeHead(302, { location: '/echo' }).end(),
  '/endless': (_, response) => { response.write('x'.repeat(4_096)); },
  '/large': (_, response) => response.end('x'.repeat(100_000)),
  '/cut': (request) => request.socket.destroy(),
};
let server: Server, port: number, base: string;
beforeAll(async () => {
  server = createServer((request, response) => answers[request.url!]!(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  base = `http://127.0.0.1:${port}`;
});
afterAll(() => { server.closeAllConnections(); server.close(); });

const egress = (...named: string[]) => new Egress(async () => named);
const open = () => egress('127.0.0.0/8', `[::1]/128`);
const faultOf = (answer: unknown) => (answer instanceof EgressFailure ? answer.fault : 'none');

describe('addresses', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('reaches %s', (address) => expect(mayReach(address, 443, [])).toBe(true));

  it.each([
    '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1',
    '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1',
    '2001:db8::1', '2002:7f00:1::', 'fc00::1', 'fe80::1', 'fec0::1', 'ff02::1', 'fe80::1%lo', 'localhost', '', '1.1.1',
  ])('does not reach %s', (address) => expect(mayReach(address, 443, [])).toBe(false));

  it('reaches a private one that is named, on the port that is named', () => {
    expect(['10.0.0.9', '10.0.1.9'].map((address) => mayReach(address, 9_000, ['10.0.0.0/24:9000']))).toEqual([true, false]);
    expect(mayReach('10.0.0.9', 80, ['10.0.0.0/24:9000'])).toBe(false);
  });
});

describe('targets', () => {
  it.each([
    '127.0.0.1', '2130706433', '0x7f.1', '017700000001', '127.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', 'localhost', 'localhost.', 'LOCALHOST', '0', '①②⑦.⓪.⓪.①',
  ])('denies http://%s', async (host) => {
    expect(faultOf(await egress().request({ url: `http://${host}:${port}/echo`, chosenBy: 'operator' }))).toBe('denied');
  });

  it.each(['ftp://8.8.8.8/', 'file:///etc/passwd', 'http://user:pass@8.8.8.8/', 'not an address', 'http://', 'gopher://8.8.8.8', 'http://[fe80::1%25lo]/'])('denies %s', async (url) => {
    expect(faultOf(await open().request({ url, chosenBy: 'operator' }))).toBe('denied');
  });

  it('lets users reach usual ports only, unless the operator names the port', async () => {
    const ask = (own: Egress) => own.request({ url: `${base}/echo`, chosenBy: 'user' });
    expect(faultOf(await ask(open()))).toBe('denied');
    expect(await ask(egress(`127.0.0.1/32:${port}`))).toMatchObject({ status: 201 });
    expect(faultOf(await egress().request({ url: 'http://8.8.8.8:22/', chosenBy: 'user' }))).toBe('denied');
  });
});

describe('requests', () => {
  const ask = (path: string, over = {}) => open().request({ url: `${base}${path}`, chosenBy: 'operator', ...over });

  it('carries method, headers and body', async () => {
    const answer = await ask('/echo', { method: 'POST', body: 'hello' });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-method': 'POST' }, body: Buffer.from('hello') });
  });

  it('looks a name up', async () => expect(await open().request({ url: `http://localhost:${port}/echo`, chosenBy: 'operator' })).toMatchObject({ status: 201 }));

  it('follows no redirect', async () => expect(await ask('/moved')).toMatchObject({ status: 302, headers: { location: '/echo' } }));

  it.each([
    { path: '/endless', over: { timeoutMs: 60 }, fault: 'timeout' },
    { path: '/large', over: { mostBytes: 1_000 }, fault: 'too_large' },
    { path: '/cut', over: {}, fault: 'unreachable' },
  ])('gives up on $path as $fault', async ({ path, over, fault }) => expect(faultOf(await ask(path, over))).toBe(fault));

  it('is a fetch for libraries', async () => {
    const fetched = await egressFetch(open(), 'operator')(`${base}/echo`, { method: 'POST', body: 'x' });
    expect([fetched.status, await fetched.text()]).toEqual([201, 'x']);
    await expect(egressFetch(egress(), 'operator')(`${base}/echo`)).rejects.toThrow('denied');
  });
});
