/** For tests: a TCP proxy before a real Redis that can freeze (accept everything, answer nothing) or cut all connections. */
import { connect, createServer, type Socket } from 'node:net';

export interface FreezingProxy { url: string; freeze(): void; thaw(): void; cut(): void; close(): Promise<void> }

export async function freezingProxy(redisUrl: string): Promise<FreezingProxy> {
  const target = new URL(redisUrl), sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(from);
      from.on('error', () => {}).on('close', () => { sockets.delete(from); to.destroy(); });
      from.pipe(to);
      if (frozen) { from.unpipe(); from.pause(); }
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as { port: number };
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `redis://127.0.0.1:${port}${target.pathname}`,
    freeze: () => { frozen = true; sockets.forEach((socket) => { socket.unpipe(); socket.pause(); }); },
    thaw: () => { frozen = false; cut(); },
    cut,
    close: () => { cut(); return new Promise((resolve) => { server.close(() => resolve()); }); },
  };
}
