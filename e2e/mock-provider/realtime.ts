/** Realtime over WebSocket: says hello, and answers each `response.create` with a text and its usage. */
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

/** 20 input tokens, 10 output tokens. */
const usage = { total_tokens: 30, input_tokens: 20, output_tokens: 10, input_token_details: { text_tokens: 20, audio_tokens: 0, cached_tokens: 0 }, output_token_details: { text_tokens: 10, audio_tokens: 0 } };

const events = [
  { type: 'response.created', response: { id: 'resp_1', object: 'realtime.response', status: 'in_progress' } },
  { type: 'response.output_text.delta', response_id: 'resp_1', item_id: 'item_1', output_index: 0, content_index: 0, delta: 'Echo' },
  { type: 'response.done', response: { id: 'resp_1', object: 'realtime.response', status: 'completed', output: [], usage } },
];

export function serveRealtime(server: Server): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/v1/realtime')) { socket.destroy(); return; }
    sockets.handleUpgrade(request, socket, head, (open) => {
      const say = (event: object): void => open.send(JSON.stringify({ event_id: 'event_1', ...event }));
      say({ type: 'session.created', session: { type: 'realtime', model: 'mock' } });
      open.on('message', (data: Buffer) => {
        const event = JSON.parse(data.toString()) as { type?: string };
        if (event.type === 'response.create') events.forEach(say);
      });
    });
  });
}
