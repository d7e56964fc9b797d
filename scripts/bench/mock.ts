/**
 * The upstream of the bench, a process of its own: raw sockets, ready-made answers. The path says what to answer: a request whose
 * body asks for a stream gets one event of 260 bytes each 20 ms, or a single one and then silence when its model is `idle`.
 * Prints its port when it listens.
 */
import { createServer, type Socket } from 'node:net';

const usage = { prompt_tokens: 200, completion_tokens: 150, total_tokens: 350 };
const choice = { index: 0, message: { role: 'assistant', content: 'All work and no play. '.repeat(42) }, finish_reason: 'stop' };
const answer = JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion', created: 1_750_000_000, model: 'bench', choices: [choice], usage });
const whole = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`);

const piece = (content: string): string => `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_750_000_000, model: 'bench', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
const event = piece('x'.repeat(260 - piece('').length));
const chunk = Buffer.from(`${event.length.toString(16)}\r\n${event}\r\n`);
const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n';

const lively = new Set<Socket>();
setInterval(() => lively.forEach((socket) => socket.write(chunk)), 20);

function respond(socket: Socket, request: string): void {
  if (!request.includes('"stream":true')) { socket.write(whole); return; }
  socket.write(streamHead);
  socket.write(chunk);
  if (!request.includes('"model":"idle"')) lively.add(socket);
}

const server = createServer({ noDelay: true }, (socket) => {
  let waiting = '';
  socket.on('error', () => {}).on('close', () => lively.delete(socket));
  socket.on('data', (bytes) => {
    waiting += bytes.toString('latin1');
    for (;;) {
      const head = waiting.indexOf('\r\n\r\n');
      const end = head < 0 ? Infinity : head + 4 + Number(/content-length: *(\d+)/i.exec(waiting.slice(0, head))?.[1] ?? 0);
      if (waiting.length < end) return;
      respond(socket, waiting.slice(0, end));
      waiting = waiting.slice(end);
    }
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => console.log((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit());
