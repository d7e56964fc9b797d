/** An Exchange over one uWebSockets.js response: the only place that knows when such a response may be touched. */
import type { HttpResponse, us_socket_context_t } from 'uWebSockets.js';
import { Failure } from '../failure/failure.ts';
import type { BodyTaker, Exchange, Flow } from '../pipeline/exchange.ts';
import { Signal } from '../upstream/signal.ts';
import type { MessageSocket } from '../upstream/upstream.ts';
import { BodyFlow } from './body-flow.ts';
import { BodyIntake } from './body-intake.ts';
import { clientAddressOf } from './client-address.ts';
import { peerText } from './peer-text.ts';
import { ClientSocket, type SocketData } from './client-socket.ts';
import type { Seat } from '../trace/roster.ts';
import type { CoarseClock, Ticking } from './coarse-clock.ts';
import type { RequestHead } from './request-head.ts';
import { readingOf } from './socket-reading.ts';
import { statusLine } from './status-line.ts';
import { unpack } from './unpack.ts';

/** What all exchanges of one server share. */
export interface ServerSide {
  readonly clock: CoarseClock;
  readonly bodyBytes: number;
  /** Of a body that is not collected. */
  readonly uploadBytes: number;
  readonly stallMs: number;
  readonly keepAliveMs: number;
  readonly trustedProxies: readonly string[];
  /** True while the relay drains: connections are asked to go elsewhere. */
  readonly closing: () => boolean;
  readonly ended: (exchange: UwsExchange) => void;
}

export interface RequestLine { readonly id: string; readonly method: string; readonly path: string; readonly query: string }

/** SES-04: any page may ask and read, as it needs a key to be answered; nothing is done by what a browser adds by itself. */
const openToPages = [['access-control-allow-origin', '*'], ['access-control-expose-headers', '*']] as const;
const nudgeMs = 4_000;
const newline = 0x0a, carriageReturn = 0x0d;
/** Refused before they were read, larger bodies end their connection: reading them to the end would cost more than a handshake. */
const readToEndBytes = 65_536;

export class UwsExchange implements Exchange, Ticking {
  readonly id: string;
  readonly startedAt: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  headers: RequestHead;
  readonly signal = new Signal();
  begun = false;
  expired = false;
  /** Among the exchanges of its server. */
  place: Seat<Exchange> | undefined;
  /** Of a request that may be upgraded. */
  upgradeContext: us_socket_context_t | undefined;
  private readonly response: HttpResponse;
  private readonly side: ServerSide;
  private over = false;
  private intake: BodyIntake | undefined;
  private flow: BodyFlow | undefined;
  private body: Promise<Buffer | Failure> | undefined;
  private received: boolean;
  private head: { status: number; headers: readonly string[] } | undefined;
  private waiter: (() => void) | undefined;
  private listening = false;
  private seat: Seat<Ticking> | undefined;
  private lastWriteAt = 0;
  private stalledAt = 0;
  private keepAlive: string | undefined;
  private keepAliveMs: number | undefined;
  private betweenEvents = false;

  constructor(response: HttpResponse, line: RequestLine, headers: RequestHead, startedAt: number, side: ServerSide) {
    this.response = response;
    this.side = side;
    this.headers = headers;
    this.startedAt = startedAt;
    this.id = line.id;
    this.method = line.method;
    this.path = line.path;
    this.query = line.query;
    this.received = headers.bodyBytes === 0;
    response.onAborted(() => this.leave());
  }

  get clientAddress(): string {
    if (this.over) return '';
    return clientAddressOf(peerText(this.response.getRemoteAddress()), this.headers.forwardedFor, this.side.trustedProxies);
  }

  get bodyBytes(): number | undefined { return this.headers.bodyBytes < 0 ? undefined : this.headers.bodyBytes; }

  pipeBody(taker: BodyTaker): Flow {
    const { headers, side, body } = this;
    if (body) return pieced(body, taker);
    if (headers.bodyBytes > side.uploadBytes) return pieced(Promise.resolve(new Failure('read_request_body_failed')), taker);
    return this.flow = new BodyFlow(this.response, this.side.clock, this.side.uploadBytes, taker, (received) => { this.received = received; this.flow = undefined; });
  }

  keepBody(): void { this.body = this.startReading(); }

  readBody(): Promise<Buffer | Failure> {
    const { body } = this;
    this.body = undefined;                               // nobody else holds it while the answer streams
    return body ?? this.startReading();
  }

  private startReading(): Promise<Buffer | Failure> {
    const { headers, side } = this;
    if (headers.bodyBytes > side.bodyBytes) return Promise.resolve(new Failure('read_request_body_failed'));
    return new Promise((resolve) => {
      this.intake = new BodyIntake(this.response, side.clock, side.bodyBytes, (body) => {
        this.intake = undefined;
        if (!(body instanceof Failure)) this.received = true;
        resolve(headers.contentEncoding === '' || body instanceof Failure ? body : unpack(body, headers.contentEncoding, side.bodyBytes));
      });
    });
  }

  answer(status: number, contentType: string, body: string | Buffer, headers: readonly string[] = []): void {
    if (this.over || this.begun) return;
    this.begun = true;
    this.flow?.stop();
    this.response.cork(() => {
      this.writeHead(status, contentType, headers);
      this.response.end(body, this.mustClose());
    });
    this.finish();
  }

  begin(status: number, contentType: string, headers: readonly string[] = [], keepAlive?: string, keepAliveMs = 0): void {
    this.keepAlive = keepAlive;
    if (keepAliveMs > 0) this.keepAliveMs = keepAliveMs;
    this.head ??= { status, headers: ['content-type', contentType, ...headers] };
  }

  write(chunk: Buffer | string): boolean {
    if (this.over) return true;
    let more = true;
    this.response.cork(() => {
      if (!this.begun) this.writeBegin();
      more = this.response.write(chunk);
    });
    this.lastWriteAt = this.side.clock.now;
    this.betweenEvents = endsEvent(chunk);
    if (!more) this.hold();
    this.seat ??= this.side.clock.add(this);
    return more;
  }

  drained(callback: () => void): void { this.waiter = callback; }

  end(chunk?: Buffer | string): void {
    if (this.over) return;
    this.flow?.stop();
    this.response.cork(() => {
      if (!this.begun) this.writeBegin();
      if (chunk !== undefined && chunk.length > 0) this.response.write(chunk);
      // Asked to close the connection, uWebSockets.js would write that header here, into the body.
      this.response.end();
    });
    this.finish();
  }

  get wantsSocket(): boolean { return this.upgradeContext !== undefined && this.headers.webSocketKey !== ''; }

  upgrade(protocol: string): MessageSocket | undefined {
    const { upgradeContext: context, headers } = this;
    if (this.over || this.begun || !context || headers.webSocketKey === '') return undefined;
    const socket = new ClientSocket(this.side.clock, readingOf(this.response), () => { this.side.ended(this); this.signal.abort(); });
    this.over = this.begun = true;
    this.standUp();
    // Not corked, although uWebSockets.js warns: docs/decisions/0011-realtime.md.
    this.response.upgrade<SocketData>({ client: socket }, headers.webSocketKey, protocol, headers.webSocketExtensions, context);
    return socket;
  }

  cut(): void {
    if (!this.over) this.response.close();
  }

  expire(): void {
    this.expired = true;
    this.signal.abort();
  }

  /** The coarse clock: a stalled reader is dropped (RLY-07), a silent stream is kept warm (RLY-09). */
  tick(now: number): void {
    if (this.waiter && now - this.stalledAt >= this.side.stallMs) { this.response.close(); return; }
    // uWebSockets.js drops a reader after ten seconds without progress, unless something is written: so a stalled one is nudged.
    const patienceMs = this.waiter ? nudgeMs : this.keepAliveMs ?? this.side.keepAliveMs;
    const { keepAlive } = this;
    if (keepAlive === undefined || now - this.lastWriteAt < patienceMs || !this.betweenEvents) return;
    this.response.cork(() => { this.response.write(keepAlive); });
    this.lastWriteAt = now;
  }

  private writeHead(status: number, contentType: string, headers: readonly string[]): void {
    const { response } = this;
    if (status !== 200) response.writeStatus(statusLine(status));
    response.writeHeader('content-type', contentType);
    response.writeHeader('x-oneapi-request-id', this.id);
    // Where libraries of Anthropic look for it (providers 1.2).
    if (this.path.startsWith('/v1/messages')) response.writeHeader('request-id', this.id);
    if (this.headers.origin !== '') for (const [name, value] of openToPages) response.writeHeader(name, value);
    for (let index = 0; index + 1 < headers.length; index += 2) response.writeHeader(headers[index]!, headers[index + 1]!);
  }

  private writeBegin(): void {
    const head = this.head ?? { status: 200, headers: ['content-type', 'application/octet-stream'] };
    this.begun = true;
    this.head = undefined;
    this.writeHead(head.status, head.headers[1]!, head.headers.slice(2));
    if (this.side.closing()) this.response.writeHeader('connection', 'close');
    this.headers = this.headers.spent();
  }

  /** A body that nobody read is worth a connection only while it is small. */
  private mustClose(): boolean {
    const unread = !this.received && (this.headers.bodyBytes < 0 || this.headers.bodyBytes > readToEndBytes);
    return unread || this.headers.ambiguous || this.side.closing();
  }

  private hold(): void {
    if (!this.waiter) {
      this.waiter = noWaiter;
      this.stalledAt = this.side.clock.now;
    }
    if (this.listening) return;
    this.listening = true;
    this.response.onWritable(() => this.drain());
  }

  /** Some of what waited went out. It may have been only a part: then the next write says so again. */
  private drain(): boolean {
    const { waiter } = this;
    this.waiter = undefined;
    waiter?.();
    return true;
  }

  private standUp(): void {
    if (this.seat) this.side.clock.remove(this.seat);
  }

  private leave(): void {
    this.flow?.abandon();
    this.finish();
    this.intake?.abandon();
    this.signal.abort();
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    this.waiter = undefined;
    this.standUp();
    this.side.ended(this);
  }
}

/** A body that was read already, for a taker of pieces. */
function pieced(body: Promise<Buffer | Failure>, taker: BodyTaker): Flow {
  void body.then((read) => (read instanceof Failure ? taker.onFailure(read) : taker.onPiece(read, true)));
  return { pause: noWaiter, resume: noWaiter };
}

const noWaiter = (): void => undefined;

/** A comment may stand between two events, never inside one. */
function endsEvent(chunk: Buffer | string): boolean {
  const { length } = chunk;
  if (typeof chunk === 'string') return chunk.endsWith('\n\n');
  if (chunk[length - 1] !== newline) return false;
  return chunk[length - 2] === newline || (chunk[length - 2] === carriageReturn && chunk[length - 3] === newline);
}
