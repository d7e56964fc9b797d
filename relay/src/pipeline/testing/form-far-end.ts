/** An upstream that takes forms: it tells what came and when, and waits, refuses or answers as told. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface SeenForm { path: string; length: string | undefined; type: string | undefined; bytes: number; digest: string; left: boolean }

export interface FormFarEnd {
  url: string;
  seen: SeenForm[];
  reset(): void;
  answer(type: string, body: string): void;
  /** Reads nothing until `goOn`. */
  stall(): void;
  goOn(): void;
  /** Refuses with 503 what comes to this path, as soon as it comes. */
  refuse(path: string): void;
  close(): Promise<void>;
}

export async function startFormFarEnd(): Promise<FormFarEnd> {
  const usual = { type: 'application/json', body: '{"text":"Hello","usage":{"type":"duration","seconds":12}}' };
  const seen: SeenForm[] = [];
  let reply = usual, refused: string | undefined, wait: Promise<void> | undefined, goOn = (): void => undefined;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url = '', headers } = request, hash = createHash('sha256');
    const one: SeenForm = { path: url, length: headers['content-length'], type: headers['content-type'], bytes: 0, digest: '', left: false };
    seen.push(one);
    request.on('close', () => { one.left = !request.complete; });
    await wait;
    for await (const piece of request as AsyncIterable<Buffer>) {
      hash.update(piece);
      one.bytes += piece.length;
    }
    one.digest = hash.digest('hex');
    if (refused !== undefined && url.startsWith(refused)) response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":{"message":"busy"}}');
    else response.writeHead(200, { 'content-type': reply.type }).end(reply.body);
  };
  const server = createServer({ highWaterMark: 4_096 }, (request, response) => { take(request, response).catch(() => response.destroy()); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address(), port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`, seen,
    reset: () => { seen.length = 0; reply = usual; refused = undefined; wait = undefined; },
    answer: (type, body) => { reply = { type, body }; },
    stall: () => { wait = new Promise((resolve) => { goOn = resolve; }); },
    goOn: () => goOn(),
    refuse: (path) => { refused = path; },
    close: () => { server.closeAllConnections(); return new Promise((resolve) => { server.close(() => resolve()); }); },
  };
}
