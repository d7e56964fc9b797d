import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure, type SecureContext } from 'node:tls';

/** Who uses a connection at the moment. */
export interface ConnectionUser {
  /** @param bytes are overwritten after the call */
  onBytes(bytes: Buffer): void;
  /** @param clean the upstream ended in good order; false: reset, timed out, or destroyed */
  onClosed(clean: boolean, why: string): void;
}

/** Who keeps the connections of an origin. */
export interface ConnectionOwner {
  /** Called once for each connection, when it is gone for whatever reason. */
  gone(): void;
  /** TLS gave a session that the next connection can resume. */
  resumable(session: Buffer): void;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** What leads there already; undefined: it is connected to. */
  readonly through?: Socket | undefined;
  readonly secure: { readonly context: SecureContext; readonly serverName: string; readonly session: Buffer | undefined } | undefined;
}

/** All connections read into this one: what is read is used up, or copied, before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);
const probeAfterMs = 20_000;

/** One connection to an upstream, plain or TLS, below HTTP. */
export class Connection {
  user: ConnectionUser | undefined;
  /** Monotonic milliseconds until which it may wait in the pool. */
  idleUntil = 0;
  /** The version of the egress rules under which it was made. */
  guardVersion = 0;
  dead = false;
  private ended = false;
  private paused = false;
  private why = 'closed';
  private ready: ((fault: string | undefined) => void) | undefined;
  private readonly owner: ConnectionOwner;
  private readonly socket: Socket;

  /** @param ready called once: with undefined when the connection stands, or with why it does not */
  constructor(endpoint: Endpoint, owner: ConnectionOwner, ready: (fault: string | undefined) => void) {
    this.ready = ready;
    this.owner = owner;
    this.socket = this.open(endpoint);
    this.socket.on('error', (error: Error) => { this.why = error.message || error.name; });
    this.socket.on('end', () => { this.ended = true; });
    this.socket.on('close', () => { this.tell(this.why); this.gone(); });
  }

  private open({ address: host, port, secure, through }: Endpoint): Socket {
    if (through) return this.openThrough(through, secure);
    const onread = { buffer: readBuffer, callback: (length: number) => this.read(length) };
    const options = { host, port, onread, noDelay: true, keepAlive: true, keepAliveInitialDelay: probeAfterMs };
    if (!secure) return connectPlain(options, () => this.tell(undefined));
    const { context: secureContext, serverName, session } = secure;
    const tls = connectSecure({ ...options, secureContext, servername: serverName, ALPNProtocols: ['http/1.1'], ...(session ? { session } : {}) }, () => this.tell(undefined));
    return tls.on('session', (ticket: Buffer) => this.owner.resumable(ticket));
  }

  /** Behind a proxy: what it was told is read by this connection from here on. */
  private openThrough(through: Socket, secure: Endpoint['secure']): Socket {
    const socket = secure ? connectSecure({ socket: through, secureContext: secure.context, servername: secure.serverName, ALPNProtocols: ['http/1.1'] }, () => this.tell(undefined)) : through;
    if (!secure) setImmediate(() => this.tell(undefined));
    return socket.on('data', (bytes: Buffer) => { if (this.user) this.user.onBytes(bytes); else this.destroy(); });
  }

  /** Nothing that was written still waits to leave. */
  get flushed(): boolean {
    return this.socket.writableLength === 0;
  }

  write(head: string, body: Buffer | undefined): void {
    const bodyLength = body?.length ?? 0;
    if (bodyLength > 32_768 && body) {
      this.socket.cork();
      this.socket.write(head, 'latin1');
      this.socket.write(body);
      this.socket.uncork();
      return;
    }
    const bytes = Buffer.allocUnsafe(head.length + bodyLength);
    bytes.write(head, 'latin1');
    body?.copy(bytes, head.length);
    this.socket.write(bytes);
  }

  /** More of a body. False: it waits in memory; `drained` tells when it has left. */
  writeMore(bytes: Buffer): boolean { return this.socket.write(bytes); }

  drained(callback: () => void): void { this.socket.once('drain', callback); }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.socket.resume();
  }

  destroy(): void {
    this.user = undefined;
    this.dead = true;
    this.socket.destroy();
  }

  private read(length: number): boolean {
    if (this.user) this.user.onBytes(readBuffer.subarray(0, length));
    else this.destroy();                                 // an answer that nobody asked for
    return true;
  }

  /** Told once, and forgotten: what a caller keeps for it must not live as long as the connection. */
  private tell(fault: string | undefined): void {
    const { ready } = this;
    this.ready = undefined;
    ready?.(fault);
  }

  private gone(): void {
    const { user } = this;
    this.dead = true;
    this.user = undefined;
    this.owner.gone();
    user?.onClosed(this.ended && this.why === 'closed', this.why);
  }
}
