/** A WebSocket to an upstream (RFC 6455, by the `ws` library): the same rules of egress as every other call, no compression. */
import type { IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { type RawData, WebSocket } from 'ws';
import { Failure } from '../failure/failure.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Signal } from './signal.ts';
import type { MessageSocket, SocketRefusal, SocketRequest, SocketTaker } from './upstream.ts';
import { type WayOut, wayThrough } from './way-through.ts';

/** RLY-10. */
const frameBytes = 16 << 20;
/** As for other calls: what a provider says when it refuses. */
const refusalBytes = 65_536;

interface Around extends WayOut { readonly authorities: string | undefined }

/** Resolves when the handshake is over: with the socket, with what the upstream said instead, or with a failure as `Upstream.open`. */
export async function openWebSocket(request: SocketRequest, around: Around, signal: Signal): Promise<MessageSocket | SocketRefusal | Failure> {
  const url = URL.parse(`${request.origin.replace(/^http/, 'ws')}${request.path}`);
  const fault = url ? literalFault(url, around.guard) : 'the address is none';
  if (!url || fault !== undefined) return new Failure('do_request_failed', { note: fault ?? '' });
  const way = request.proxy === undefined ? undefined : await wayThrough(request.proxy, { host: hostOf(url), port: portOf(url) }, around, request.timeouts.connectMs, signal);
  return way instanceof Failure ? way : shakeHands(url, way, request, around, signal);
}

function shakeHands(url: URL, way: Socket | undefined, request: SocketRequest, around: Around, signal: Signal): Promise<MessageSocket | SocketRefusal | Failure> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      headers: headersOf(request.headers), perMessageDeflate: false, maxPayload: frameBytes, followRedirects: false, skipUTF8Validation: true,
      handshakeTimeout: request.timeouts.connectMs, lookup: guardedLookup(around, portOf(url)),
      ...(around.authorities === undefined ? {} : { ca: around.authorities }), ...(way ? { createConnection: () => secured(way, url, around) } : {}),
    });
    const leaving = { onAbort: () => { resolve(new Failure('client_gone')); socket.terminate(); } };
    signal.onAbort(leaving);
    const done = (result: MessageSocket | SocketRefusal | Failure): void => { signal.forget(leaving); resolve(result); };
    socket.on('open', () => done(new WsUpstreamSocket(socket)));
    socket.on('unexpected-response', (_request, response) => { void refusalOf(response).then((refusal) => { done(refusal); socket.terminate(); }); });
    socket.on('error', (error: Error) => done(failureOf(error)));
  });
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'wss:' ? 443 : 80);

/** What leads through a proxy is as secure as the address says. */
function secured(way: Socket, url: URL, { context }: Around): Socket {
  const host = hostOf(url);
  return url.protocol === 'wss:' ? connectSecure({ socket: way, servername: isIP(host) ? '' : host, secureContext: context() }) : way;
}

const failureOf = (error: Error): Failure =>
  new Failure(/timed out/i.test(error.message) ? 'upstream_timeout_connect' : 'do_request_failed', { note: error.message.slice(0, 300) });

function headersOf(flat: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) if (flat[index] !== 'content-type') headers[flat[index]!] = flat[index + 1]!;
  return headers;
}

/** Addresses that are written out are never looked up: they are checked here. */
function literalFault(url: URL, guard: AddressGuard): string | undefined {
  const host = hostOf(url);
  return isIP(host) === 0 || guard.allows(host, portOf(url)) ? undefined : `${host} is private and not on the list of allowed upstreams`;
}

type Found = (error: NodeJS.ErrnoException | null, address: string | { address: string; family: number }[], family?: number) => void;

/** Only addresses that were checked are connected to, so a name cannot point elsewhere in between. */
function guardedLookup({ names, guard }: Around, port: number) {
  return (host: string, options: { all?: boolean | undefined }, done: Found): void => {
    void names.addressesOf(host).then((addresses) => {
      const allowed = addresses.filter((address) => guard.allows(address, port)).map((address) => ({ address, family: isIP(address) }));
      const [first] = allowed;
      if (!first) return done(new Error(`${host} leads to no address that is allowed`), []);
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

async function refusalOf(response: IncomingMessage): Promise<SocketRefusal> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > refusalBytes) break;
    }
  } catch {
    // What came is enough: the status says the rest.
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(pieces), retryAfter: response.headers['retry-after'] };
}

class WsUpstreamSocket implements MessageSocket {
  private readonly socket: WebSocket;
  private taker: SocketTaker | undefined;
  private waiting: { data: Buffer; isBinary: boolean }[] = [];
  private closed: { code: number; reason: string } | undefined;
  private onDrain: (() => void) | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: RawData, isBinary: boolean) => this.take(bytesOf(data), isBinary));
    socket.on('close', (code: number, reason: Buffer) => this.end(code, reason.toString('utf8')));
    // Nothing is read until somebody takes it.
    socket.pause();
  }

  get buffered(): number { return this.socket.bufferedAmount; }

  send(data: Buffer, isBinary: boolean): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data, { binary: isBinary }, this.left);
  }

  ping(): void { if (this.socket.readyState === WebSocket.OPEN) this.socket.ping(); }
  pause(): void { this.socket.pause(); }
  resume(): void { this.socket.resume(); }
  drained(callback: () => void): void { this.onDrain = callback; }

  close(code: number, reason: string): void {
    this.socket.resume();
    this.socket.close(code, reason);
  }

  listen(taker: SocketTaker): void {
    this.taker = taker;
    for (const { data, isBinary } of this.waiting.splice(0)) taker.onMessage(data, isBinary);
    if (this.closed) taker.onClose(this.closed.code, this.closed.reason);
    else this.socket.resume();
  }

  /** After each message that went to the system, or did not. */
  private readonly left = (): void => {
    const { onDrain } = this;
    if (!onDrain || this.closed || this.buffered > 0) return;
    this.onDrain = undefined;
    onDrain();
  };

  private take(data: Buffer, isBinary: boolean): void {
    if (this.taker) this.taker.onMessage(data, isBinary); else this.waiting.push({ data, isBinary });
  }

  private end(code: number, reason: string): void {
    if (this.closed) return;
    this.closed = { code, reason };
    this.taker?.onClose(code, reason);
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
