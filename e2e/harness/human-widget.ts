/** Stands for the human check's far end: a widget that answers by itself, and the service that knows which answers are right. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HumanWidget { url: string; stop(): void }

const script = `window.turnstile = {
  render(target, { callback }) { target.textContent = 'checked'; callback('human'); return 'one'; },
  remove() {},
};`;

export async function openHumanWidget(): Promise<HumanWidget> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api.js')) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const success = new URLSearchParams(Buffer.concat(parts).toString()).get('response') === 'human';
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => { server.closeAllConnections(); server.close(); } };
}
