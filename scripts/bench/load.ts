/**
 * The load of the bench, a process of its own: keep-alive connections on raw sockets. Asked over the process channel: a `Work` starts it,
 * `count` tells how far it is, `stop` ends all connections.
 */
import { connect, type Socket } from 'node:net';
import type { Progress, Work } from './work.ts';

const progress: Progress = { done: 0, failed: 0, open: 0, firstFailure: undefined };
const sockets = new Set<Socket>();
const filler = 'Say something about the weather in a friendly way, please. '.repeat(15);

function requestOf({ kind, path, headers, port }: Work): Buffer {
  const body = JSON.stringify({ model: kind === 'idle' ? 'idle' : 'bench', ...(kind === 'json' ? {} : { stream: true }), messages: [{ role: 'user', content: filler }] });
  const lines = Object.entries({ host: `127.0.0.1:${port}`, 'content-type': 'application/json', 'content-length': String(body.length), ...headers });
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
}

function fail(why: string): void {
  progress.failed++;
  progress.firstFailure ??= why.slice(0, 400);
}

/** One connection that asks again as soon as the answer is whole. */
function askAgain(socket: Socket, request: Buffer): void {
  let text = '', end = -1;
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    if (end < 0) {
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1];
      end = length === undefined ? Infinity : head + 4 + Number(length);
    }
    if (text.length < end && !(end === Infinity && text.endsWith('0\r\n\r\n'))) return;
    if (text.startsWith('HTTP/1.1 200')) progress.done++;
    else fail(text);
    text = '';
    end = -1;
    socket.write(request);
  });
}

/** One stream that is read until it is stopped; events are counted by their empty lines. */
function readStream(socket: Socket): void {
  let begun = false, lastByte = 0;
  socket.on('data', (bytes: Buffer) => {
    if (!begun) {
      begun = true;
      if (bytes.toString('latin1', 0, 12) === 'HTTP/1.1 200') progress.open++;
      else fail(bytes.toString('latin1'));
    }
    if (lastByte === 10 && bytes[0] === 10) progress.done++;
    for (let at = bytes.indexOf('\n\n'); at >= 0; at = bytes.indexOf('\n\n', at + 2)) progress.done++;
    lastByte = bytes[bytes.length - 1] ?? 0;
  });
}

function begin(work: Work): void {
  const request = requestOf(work);
  let left = work.connections;
  const open = (): void => {
    for (let i = 0; i < 100 && left > 0; i++, left--) {
      const socket = connect({ port: work.port, host: '127.0.0.1', noDelay: true }, () => { socket.write(request); });
      sockets.add(socket);
      socket.on('error', (error) => fail(String(error))).on('close', () => sockets.delete(socket));
      if (work.kind === 'json') askAgain(socket, request);
      else readStream(socket);
    }
    if (left > 0) setTimeout(open, 20);
  };
  open();
}

process.on('message', (message: Work | 'count' | 'stop') => {
  if (message === 'stop') sockets.forEach((socket) => socket.destroy());
  else if (message !== 'count') { Object.assign(progress, { done: 0, failed: 0, open: 0, firstFailure: undefined }); begin(message); }
  process.send?.(progress);
});
process.on('disconnect', () => process.exit());
