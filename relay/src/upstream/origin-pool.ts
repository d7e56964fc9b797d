import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Failure } from '../failure/failure.ts';
import { Connection, type ConnectionOwner, type Endpoint } from './connection.ts';
import type { AddressGuard } from './address-guard.ts';
import type { NameCache } from './name-cache.ts';
import type { Proxy } from './proxy.ts';
import { openTunnel } from './tunnel.ts';

export interface PoolSurroundings {
  readonly names: NameCache;
  readonly guard: AddressGuard;
  readonly context: () => SecureContext;
  readonly limits: PoolLimits;
}

export interface PoolLimits {
  /** Connections to one origin, used and idle. */
  readonly connections: number;
  /** Idle ones among them. */
  readonly idle: number;
  /** Milliseconds that an idle connection is kept, unless the upstream announced less. */
  readonly idleMs: number;
}

/** Upstreams close after what they announce: we must have stopped using the connection by then. */
const closingMarginMs = 1_000;
const mostAddresses = 3;

/** The connections to one origin: the idle ones, and the making of new ones. */
export class OriginPool implements ConnectionOwner {
  /** For the `host` header. */
  readonly host: string;
  private readonly hostname: string;
  private readonly port: number;
  private readonly secure: boolean;
  /** Oldest first. */
  private idle: Connection[] = [];
  private count = 0;
  private closed = false;
  private session: Buffer | undefined;
  private readonly around: PoolSurroundings;

  private readonly proxy: Proxy | undefined;

  constructor(origin: URL, around: PoolSurroundings, proxy?: Proxy) {
    this.proxy = proxy;
    this.host = origin.host;
    this.hostname = origin.hostname.replace(/^\[|\]$/g, '');
    this.secure = origin.protocol === 'https:';
    this.port = Number(origin.port) || (this.secure ? 443 : 80);
    this.around = around;
  }

  get empty(): boolean {
    return this.count === 0;
  }

  /** The idle connection that was used last, still allowed and alive. */
  take(now: number): Connection | undefined {
    const version = this.around.guard.refresh();
    for (let connection = this.idle.pop(); connection; connection = this.idle.pop()) {
      if (!connection.dead && connection.idleUntil > now && connection.guardVersion === version) return connection;
      connection.destroy();
    }
    return undefined;
  }

  /** Takes back a connection whose exchange is complete. */
  give(connection: Connection, now: number, keepMs: number | undefined): void {
    const { idle, idleMs } = this.around.limits;
    const stay = keepMs === undefined ? idleMs : Math.min(idleMs, keepMs - closingMarginMs);
    if (this.closed || connection.dead || stay <= 0 || this.idle.length >= idle) return connection.destroy();
    connection.user = undefined;
    connection.resume();                                 // its end must be noticed while it waits
    connection.idleUntil = now + stay;
    this.idle.push(connection);
  }

  /** Ends connections that have waited too long. */
  sweep(now: number): void {
    const kept = this.idle.filter((connection) => !connection.dead && connection.idleUntil > now);
    if (kept.length === this.idle.length) return;
    for (const connection of this.idle) if (connection.idleUntil <= now) connection.destroy();
    this.idle = kept;
  }

  gone(): void {
    this.count--;
  }

  resumable(session: Buffer): void {
    this.session = session;
  }

  close(): void {
    this.closed = true;
    this.idle.splice(0).forEach((connection) => connection.destroy());
  }

  /**
   * Makes a connection. Only addresses that were checked are connected to, so a name cannot point elsewhere in between.
   *
   * @param done called once, unless cancelled: the connection, or `do_request_failed`
   * @returns cancels it: nothing stays open
   */
  dial(done: (result: Connection | Failure) => void): () => void {
    // Through a proxy its name is looked up here, and the provider's there; an address in place of a name is compared all the same.
    const { host: name, port } = this.proxy ?? { host: this.hostname, port: this.port };
    const attempt: Attempt = { cancelled: false, connection: undefined, tunnel: undefined };
    const fail = (note: string): void => done(new Failure('do_request_failed', { note }));
    const go = (addresses: readonly string[]): void => {
      if (attempt.cancelled) return;
      if (addresses.length === 0) return fail(`the name ${name} is not known`);
      const allowed = addresses.filter((address) => this.around.guard.allows(address, port)).slice(0, mostAddresses);
      if (allowed.length === 0) return fail(`${name} leads to ${addresses[0]}, which is private and not on the list of allowed upstreams`);
      this.connect(allowed, attempt, (result) => (typeof result === 'string' ? fail(result) : done(result)));
    };
    if (this.count >= this.around.limits.connections) queueMicrotask(() => { if (!attempt.cancelled) fail(`${this.count} connections to ${this.host} are open already`); });
    else if (this.proxy && isIP(this.hostname) && !this.around.guard.allows(this.hostname, this.port)) queueMicrotask(() => { if (!attempt.cancelled) fail(`${this.hostname} is private and not on the list of allowed upstreams`); });
    else if (isIP(name)) queueMicrotask(() => go([name]));
    else void this.around.names.addressesOf(name).then(go);
    return () => {
      attempt.cancelled = true;
      attempt.connection?.destroy();
      attempt.tunnel?.();
    };
  }

  private connect(addresses: readonly string[], attempt: Attempt, done: (result: Connection | string) => void): void {
    const { proxy } = this, [address, ...others] = addresses;
    if (!proxy) return this.open(addresses, attempt, done);
    attempt.tunnel = openTunnel({ address: address!, proxy, host: this.hostname, port: this.port, context: this.around.context }, (result) => {
      attempt.tunnel = undefined;
      if (typeof result !== 'string') this.open([address!], attempt, done, result);
      else if (others.length) this.connect(others, attempt, done);
      else done(result);
    });
  }

  private open([address, ...others]: readonly string[], attempt: Attempt, done: (result: Connection | string) => void, through?: Socket): void {
    const connection: Connection = new Connection({ ...this.endpoint(address!), through }, this, (fault) => {
      attempt.connection = undefined;
      if (attempt.cancelled) return connection.destroy();
      if (fault === undefined) return done(connection);
      return others.length ? this.open(others, attempt, done) : done(`${address}: ${fault}`);
    });
    attempt.connection = connection;
    this.count++;
    connection.guardVersion = this.around.guard.version;
  }

  private endpoint(address: string): Endpoint {
    const { port, secure, session } = this;
    return { address, port, secure: secure ? { context: this.around.context(), serverName: isIP(this.hostname) ? '' : this.hostname, session } : undefined };
  }
}

interface Attempt { cancelled: boolean; connection: Connection | undefined; tunnel: (() => void) | undefined }
