import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const giant = Buffer.from(png);
giant.writeUInt32BE(60_000, 16);
giant.writeUInt32BE(60_000, 20);

let far: FarEnd, worker: TestWorker, pictures: Server, port: number, asked: string[] = [];
const pages: Record<string, RequestListener> = {
  '/a.png': (_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png),
  '/bare': (_request, response) => response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(png),
  '/hop': (_request, response) => response.writeHead(302, { location: '/a.png' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/inside': (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:22/' }).end(),
  '/page': (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
  '/large': (_request, response) => response.writeHead(200, { 'content-type': 'image/png', 'content-length': 30 << 20 }).end(),
  '/giant': (_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(giant),
  '/gone': (_request, response) => response.writeHead(404, { 'content-type': 'image/png' }).end('secret of the server'),
};

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text: 'a dot' }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 } })));
  pictures = createServer((request, response) => { asked.push(request.url ?? ''); (pages[request.url ?? ''] ?? pages['/gone']!)(request, response); });
  await new Promise<void>((resolve) => { pictures.listen(0, '127.0.0.1', resolve); });
  port = (pictures.address() as AddressInfo).port;
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await far.close(); pictures.close(); });
beforeEach(() => { far.seen.length = worker.books.entries.length = 0; asked = []; });

/** @param open whether the operator lets media come from this machine */
async function look(address: string, { open = true, type = 24 } = {}): Promise<{ status: number; answer: unknown; sent: string }> {
  const { settings } = worker.relay.snapshots.current()!;
  worker.show({
    settings: { retryTimes: 2, guards: { ...settings.guards, fetch: { ...settings.guards.fetch, allowPrivate: open, ports: [String(port), '22', '443'] } } },
    channels: [{ id: 1, type, baseUrl: far.url }, { id: 2, type, baseUrl: far.url }],
  });
  const content = [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url: address } }];
  const answer = await fetch(`${worker.url}/v1/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${keyOf('a')}` }, body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] }) });
  return { status: answer.status, answer: await answer.json(), sent: far.seen.at(-1)?.body ?? '' };
}
const here = (path: string): string => `http://127.0.0.1:${port}${path}`;

it.each(['/a.png', '/bare', '/hop'])('%s reaches a provider that takes only bytes', async (path) => {
  const { status, sent } = await look(here(path));
  expect([status, JSON.parse(sent)]).toMatchObject([200, { contents: [{ parts: [{ text: 'What is it?' }, { inlineData: { mimeType: 'image/png', data: png.toString('base64') } }] }] }]);
});

it('is not fetched for a provider that takes addresses', async () => {
  const { sent } = await look(here('/a.png'), { type: 1 });
  expect([asked, sent.includes('/a.png')]).toEqual([[], true]);
});

it.each(['/loop', '/inside', '/page', '/large', '/giant', '/gone'])('%s is refused, naming the part and nothing of what was there', async (path) => {
  const { status, answer } = await look(here(path));
  expect([status, answer]).toMatchObject([400, { error: { code: 'invalid_request', param: 'messages[0].content[1]', message: expect.stringMatching(/^`messages\[0\]\.content\[1\]` names media that cannot be fetched\./) as string } }]);
  expect([far.seen.length, worker.books.last?.outcome]).toEqual([0, 'released']);
  expect(asked.length).toBeLessThanOrEqual(4);
});

it.each([{ name: 'this machine', address: () => here('/a.png') }, { name: 'a name that leads to it', address: () => `http://a.localhost:${port}/a.png` }])('$name is refused with the same words, and never asked', async ({ address }) => {
  const { status, answer } = await look(address(), { open: false });
  expect([status, answer]).toMatchObject([400, { error: { message: expect.stringMatching(/^`messages\[0\]\.content\[1\]` names media that cannot be fetched\./) as string } }]);
  expect(asked).toEqual([]);
});
