/** A way through a proxy: HTTP CONNECT, or SOCKS5 by the library `socks`. What comes out is a socket that leads to the provider. */
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure, type SecureContext } from 'node:tls';
import { SocksClient } from 'socks';
import type { Proxy } from './proxy.ts';

export interface TunnelPlan {
  /** The checked address of the proxy. */
  readonly address: string;
  readonly proxy: Proxy;
  /** The provider, as the proxy shall resolve it. */
  readonly host: string;
  readonly port: number;
  readonly context: () => SecureContext;
}

/** More than any proxy says before it lets through. */
const mostHeadBytes = 16_384;
/** Whoever wants the tunnel gives up sooner; this only keeps a lost handshake from staying for ever. */
const patienceMs = 60_000;

/**
 * @param done called once, unless cancelled: the socket, or why there is none, without the proxy's own words
 * @returns cancels it
 */
export function openTunnel(plan: TunnelPlan, done: (result: Socket | string) => void): () => void {
  const { address, proxy } = plan;
  let over = false;
  const finish = (result: Socket | string): void => {
    if (over) return;
    over = true;
    socket.off('error', failed);
    if (typeof result === 'string') socket.destroy();
    done(result);
  };
  const failed = (error: Error): void => finish(`the proxy ${proxy.host}: ${error.message}`);
  const ready = (): void => (proxy.kind === 'socks5' ? throughSocks(socket, plan, finish) : throughConnect(socket, plan, finish));
  const socket: Socket = proxy.kind === 'https'
    ? connectSecure({ host: address, port: proxy.port, servername: proxy.host, secureContext: plan.context() }, ready)
    : connectPlain({ host: address, port: proxy.port, noDelay: true, keepAlive: true }, ready);
  socket.on('error', failed);
  socket.once('close', () => finish(`the proxy ${proxy.host} ended the connection`));
  return () => { over = true; socket.destroy(); };
}

function throughSocks(socket: Socket, { proxy, host, port }: TunnelPlan, finish: (result: Socket | string) => void): void {
  const login = proxy.user ? { userId: proxy.user, password: proxy.password } : {};
  SocksClient.createConnection({ proxy: { host: proxy.host, port: proxy.port, type: 5, ...login }, command: 'connect', destination: { host, port }, existing_socket: socket, timeout: patienceMs })
    .then((made) => finish(made.socket), () => finish(`the proxy ${proxy.host} does not let through to ${host}`));
}

function throughConnect(socket: Socket, { proxy, host, port }: TunnelPlan, finish: (result: Socket | string) => void): void {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const login = proxy.user ? `proxy-authorization: Basic ${Buffer.from(`${proxy.user}:${proxy.password}`).toString('base64')}\r\n` : '';
  let head = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= mostHeadBytes) return;
    socket.off('data', read);
    // Nothing can come from the provider yet: it speaks second.
    const isThrough = end === head.length - 4 && /^HTTP\/1\.[01] 2\d\d /.test(head.toString('latin1', 0, 32));
    finish(isThrough ? socket : `the proxy ${proxy.host} does not let through to ${host}`);
  };
  socket.on('data', read);
  socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n${login}\r\n`);
}
