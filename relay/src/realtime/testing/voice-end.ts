/** An upstream that speaks realtime on a real socket, as told by each test; and what came to it. */
import { createServer, type IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface VoiceEnd {
  url: string;
  /** Handshakes, in order. */
  seen: { path: string; headers: IncomingMessage['headers'] }[];
  /** Texts that came, of all sockets. */
  heard: string[];
  /** How each socket was closed from the other side. */
  closed: { code: number; reason: string }[];
  sockets: WebSocket[];
  onMessage(answer: (socket: WebSocket, event: { type?: string; [member: string]: unknown }) => void): void;
  /** Refuses handshakes with this status; undefined: takes them. */
  refuse(status: number | undefined): void;
  reset(): void;
  close(): Promise<void>;
}

export const usage = { total_tokens: 30, input_tokens: 20, output_tokens: 10, input_token_details: { text_tokens: 5, audio_tokens: 15, cached_tokens: 4, cached_tokens_details: { text_tokens: 1, audio_tokens: 3 } }, output_token_details: { text_tokens: 2, audio_tokens: 8 } };

export const say = (socket: WebSocket, event: object): void => socket.send(JSON.stringify(event));

export const finish = (socket: WebSocket, more: object = { usage }): void => {
  say(socket, { type: 'response.created', response: { id: 'r' } });
  say(socket, { type: 'response.audio.delta', delta: 'A'.repeat(4_000) });
  say(socket, { type: 'response.done', response: { id: 'r', status: 'completed', ...more } });
};

export async function startVoiceEnd(): Promise<VoiceEnd> {
  const usual = (socket: WebSocket, event: { type?: string }): void => { if (event.type === 'response.create') finish(socket); };
  const end: VoiceEnd = {
    url: '', seen: [], heard: [], closed: [], sockets: [],
    onMessage: (next) => { answer = next; },
    refuse: (next) => { status = next; },
    reset: () => { end.seen.length = end.heard.length = end.closed.length = end.sockets.length = 0; answer = usual; status = undefined; },
    close: () => { sockets.clients.forEach((socket) => socket.terminate()); server.closeAllConnections(); return new Promise((resolve) => { server.close(() => resolve()); }); },
  };
  let answer = usual, status: number | undefined;
  const server = createServer(), sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
    end.seen.push({ path: request.url ?? '', headers: request.headers });
    if (status !== undefined) { socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: 29\r\n\r\n{"error":{"message":"no way"}}`.replace('29', '30')); return; }
    sockets.handleUpgrade(request, socket, head, (open) => {
      end.sockets.push(open);
      open.on('message', (data: Buffer) => { const text = data.toString(); end.heard.push(text); answer(open, JSON.parse(text) as { type?: string }); });
      open.on('close', (code, reason) => end.closed.push({ code, reason: reason.toString() }));
      say(open, { type: 'session.created', session: { model: 'real' } });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  end.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return end;
}
