/** An upstream on a real socket, scripted by each test; and what it saw. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Seen { path: string; headers: IncomingMessage['headers']; body: string; /** The relay ended the connection before the answer was complete. */ left: boolean }

export type Script = (request: Seen, response: ServerResponse, call: number) => void | Promise<void>;

export interface FarEnd { url: string; seen: Seen[]; answer(script: Script): void; close(): Promise<void> }

export async function startFarEnd(first: Script): Promise<FarEnd> {
  let script = first;
  const seen: Seen[] = [];
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one: Seen = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString('utf8'), left: false };
      const call = seen.push(one);
      response.on('close', () => { one.left = !response.writableFinished; });
      Promise.resolve(script(one, response, call)).catch((error: unknown) => { response.destroy(); console.error(error); });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`, seen,
    answer: (next) => { script = next; },
    close: () => { server.closeAllConnections(); return new Promise((resolve) => { server.close(() => resolve()); }); },
  };
}

export const chatAnswer = (usage: unknown = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }): string => JSON.stringify({
  id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }], ...(usage ? { usage } : {}),
});

export const chunkOf = (content: string): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

export const finishChunk = `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`;

export const usageChunk = (usage: unknown = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices: [], usage })}\n\n`;

export const done = 'data: [DONE]\n\n';

export const sendJson = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
};

export function sendStream(response: ServerResponse, pieces: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of pieces) response.write(piece);
  response.end();
}
