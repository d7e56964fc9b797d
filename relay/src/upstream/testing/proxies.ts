/** Proxies on real sockets: HTTP CONNECT and SOCKS5, with a login each, and what they were asked for. */
import { createServer as createHttp } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface TestProxy { port: number; asked: string[]; close(): void }

const started = async (server: Server, asked: string[], sockets: Set<Socket>): Promise<TestProxy> => {
  server.on('connection', (socket: Socket) => { sockets.add(socket); socket.on('error', () => undefined); socket.on('close', () => sockets.delete(socket)); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { port: (server.address() as AddressInfo).port, asked, close: () => { sockets.forEach((socket) => socket.destroy()); server.close(); } };
};

/** Every name leads to this machine. */
const join = (socket: Socket, port: number, hello: Buffer | string): void => {
  const far = connect(port, '127.0.0.1', () => { socket.write(hello); far.pipe(socket).pipe(far); });
  far.on('error', () => socket.destroy());
};

export function httpProxy(login: string): Promise<TestProxy> {
  const asked: string[] = [], server = createHttp();
  server.on('connect', (request, socket: Socket) => {
    if (request.headers['proxy-authorization'] !== `Basic ${Buffer.from(login).toString('base64')}`) { socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'); return; }
    asked.push(request.url ?? '');
    join(socket, Number(request.url?.split(':').at(-1)), 'HTTP/1.1 200 Connection Established\r\n\r\n');
  });
  return started(server, asked, new Set());
}

/** RFC 1928 and 1929, as far as a client of names needs them. */
export function socksProxy(login: string): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    let step = 0;
    socket.on('data', function read(bytes: Buffer) {
      step++;
      if (step === 1) socket.write(Buffer.from([5, 2]));
      else if (step === 2) {
        const [user, password] = [bytes.subarray(2, 2 + bytes[1]!), bytes.subarray(3 + bytes[1]!)].map(String);
        const fits = `${user}:${password}` === login;
        socket.write(Buffer.from([1, fits ? 0 : 1]));
        if (!fits) socket.end();
      } else {
        const host = bytes[3] === 3 ? bytes.toString('latin1', 5, 5 + bytes[4]!) : [...bytes.subarray(4, 8)].join('.'), port = bytes.readUInt16BE(bytes.length - 2);
        asked.push(`${host}:${port}`);
        socket.off('data', read);
        join(socket, port, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      }
    });
  });
  return started(server, asked, new Set());
}
