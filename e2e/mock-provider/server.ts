/**
 * An upstream on a real socket that speaks openai-chat, openai-responses, anthropic-messages and gemini, answers from recordings or by echo, and
 * misbehaves on order. Orders come in the model name, or in the path for a channel that shall always misbehave:
 * `http://127.0.0.1:4010/orders/status:500`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type DialectName, geminiAddress, readRequest } from './answer.ts';
import { deliverBody } from './delivery.ts';
import { errorBody } from './distort.ts';
import { type EndpointAnswer, endpointAnswer } from './endpoint-answer.ts';
import { answerRequest } from './exchange.ts';
import { type Entry, GroundTruth } from './ground-truth.ts';
import { readModelName } from './orders.ts';
import { serveRealtime } from './realtime.ts';

const dialects: Record<string, DialectName> = {
  '/v1/chat/completions': 'openai-chat', '/chat/completions': 'openai-chat', '/v1/messages': 'anthropic-messages', '/messages': 'anthropic-messages',
  '/v1/responses': 'openai-responses', '/responses': 'openai-responses',
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

function follow(response: ServerResponse, entry: Entry): AbortSignal {
  const leaving = new AbortController();
  response.on('close', () => {
    if (entry.ending === 'open') entry.ending = 'client-left';
    leaving.abort();
  });
  response.on('error', () => leaving.abort());
  return leaving.signal;
}

async function exchange(incoming: IncomingMessage, response: ServerResponse, truth: GroundTruth): Promise<void> {
  const [, orders = '', path = ''] = /^(?:\/orders\/([^/]+))?(\/[^?]*)/.exec(incoming.url ?? '/') ?? [];
  if (path === '/__log') return sendLog(incoming, response, truth);
  const gemini = geminiAddress(path);
  const dialect = gemini ? 'gemini' : dialects[path];
  if (path.endsWith('/models')) return sendJson(response, 200, { object: 'list', data: [{ id: 'mock/echo', object: 'model', created: 0, owned_by: 'mock' }] });
  const other = endpointAnswer(path);
  if (other && incoming.method === 'POST') return answerEndpoint(response, other, truth.begin(path, incoming.headers, await bodyOf(incoming)));
  if (!dialect || incoming.method !== 'POST') return sendJson(response, 404, { error: { message: `Nothing at ${incoming.method} ${path}.`, type: 'invalid_request_error' } });
  const body = await bodyOf(incoming);
  const entry = truth.begin(path, incoming.headers, body);
  const gone = follow(response, entry);
  const refuse = (why: string): Promise<void> => deliverBody({ response, entry, orders: new Map(), gone }, dialect, 400, errorBody(dialect, 400, why));
  const request = readRequest(dialect, body.toString(), gemini);
  if (typeof request === 'string') return refuse(request);
  const asked = readModelName(request.model, decodeURIComponent(orders));
  if (typeof asked === 'string') return refuse(asked);
  Object.assign(entry, { model: request.model, stream: request.stream, label: request.label.slice(0, 200) });
  await answerRequest({ response, entry, orders: asked.orders, gone }, request, asked.base, truth);
}

function answerEndpoint(response: ServerResponse, { type, body }: EndpointAnswer, entry: Entry): void {
  entry.status = 200;
  entry.ending = 'complete';
  response.writeHead(200, { 'content-type': type }).end(body);
}

function sendLog(incoming: IncomingMessage, response: ServerResponse, truth: GroundTruth): void {
  if (incoming.method === 'DELETE') truth.clear();
  sendJson(response, 200, truth.entries);
}

export interface MockProvider { url: string; port: number; truth: GroundTruth; close(): Promise<void> }

/** Listens on the loopback interface. Port 0: any free one. */
export async function startMockProvider(options: { port?: number; host?: string; now?: () => number } = {}): Promise<MockProvider> {
  const truth = new GroundTruth(options.now ?? Date.now);
  const server: Server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (incoming, response) => {
    incoming.socket.setNoDelay(true);
    exchange(incoming, response, truth).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: `mock provider: ${String(error)}` } });
      else response.destroy();
    });
  });
  serveRealtime(server);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(options.port ?? 0, host, resolve); });
  const { port } = server.address() as { port: number };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://${host}:${port}`, port, truth, close };
}
