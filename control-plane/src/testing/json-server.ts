/** The far end of an outbound call, for tests: answers by method and path, and remembers what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked { method: string; path: string; headers: Record<string, string | string[] | undefined>; body: string }
export interface Told { status?: number; body?: unknown; headers?: Record<string, string> }

export interface JsonServer { url: string; port: number; asked: Asked[]; stop(): void }

/** @param answer objects go out as JSON, text goes as it is; undefined: 404 */
export async function openJsonServer(answer: (asked: Asked) => Told | undefined): Promise<JsonServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const one = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(parts).toString() };
      asked.push(one);
      const { status = 200, body = '', headers = {} } = answer(one) ?? { status: 404 };
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, asked, stop: () => { server.closeAllConnections(); server.close(); } };
}
