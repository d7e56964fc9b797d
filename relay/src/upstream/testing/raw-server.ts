/** For tests: a far end that speaks bytes, so that it can also speak nonsense. */
import { createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

export interface RawServer {
  origin: string;
  port: number;
  /** Every connection that ever came, in order. */
  sockets: Socket[];
  /** What each of them has received, as latin1. */
  received: string[];
  close(): Promise<void>;
}

/** @param onRequest called for each request head with body that has come in whole; requests must carry content-length or no body */
export function rawServer(onRequest: (socket: Socket, count: { connection: number; request: number }) => void, tls?: { key: Buffer; cert: Buffer }): Promise<RawServer> {
  const sockets: Socket[] = [], received: string[] = [];
  const onSocket = (socket: Socket) => {
    const connection = sockets.push(socket) - 1;
    let waiting = '', request = 0;
    received[connection] = '';
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      waiting += bytes.toString('latin1');
      received[connection] += bytes.toString('latin1');
      for (let end = endOfRequest(waiting); end > 0; end = endOfRequest(waiting)) {
        waiting = waiting.slice(end);
        onRequest(socket, { connection, request: request++ });
      }
    });
  };
  const server = tls ? createSecureServer(tls, onSocket) : createServer(onSocket);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      const close = () => new Promise<void>((done) => { sockets.forEach((socket) => socket.destroy()); server.close(() => done()); });
      resolve({ origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, sockets, received, close });
    });
  });
}

function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const end = head + 4 + Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= end ? end : -1;
}
