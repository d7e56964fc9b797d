/**
 * The upstream client of the hot path: HTTP/1.1 over Node's sockets, with nothing between the bytes and their taker
 * (performance guide: half of a proxy's cost is its client). Redirects are not followed; what goes to one origin goes nowhere else.
 */
import { createSecureContext, type SecureContext } from 'node:tls';
import { Failure } from '../failure/failure.ts';
import type { Clock } from '../trace/clock.ts';
import { Timed, TimerWheel } from '../trace/timer-wheel.ts';
import { Call } from './call.ts';
import type { AddressGuard } from './address-guard.ts';
import { NameCache } from './name-cache.ts';
import { nameLookup, type NameLookup } from './name-lookup.ts';
import { OriginPool, type PoolLimits } from './origin-pool.ts';
import { readProxy } from './proxy.ts';
import { requestText } from './request-text.ts';
import type { Signal } from './signal.ts';
import type { MessageSocket, SocketRefusal, SocketRequest, Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts';
import { openWebSocket } from './web-socket.ts';

export interface SocketUpstreamOptions {
  readonly clock: Clock;
  /** One of its own unless given. */
  readonly wheel?: TimerWheel;
  /** Which addresses it may connect to. */
  readonly guard: AddressGuard;
  readonly limits?: Partial<PoolLimits>;
  readonly lookup?: NameLookup;
  /** Certificates that are trusted instead of the public ones, PEM. */
  readonly authorities?: string;
}

const usualLimits: PoolLimits = { connections: 16_384, idle: 512, idleMs: 30_000 };
const sweepMs = 1_000;

export class SocketUpstream extends Timed implements Upstream {
  private readonly wheel: TimerWheel;
  private readonly pools = new Map<string, OriginPool>();
  private readonly around;
  private closed = false;

  constructor(options: SocketUpstreamOptions) {
    super();
    let context: SecureContext | undefined;
    this.wheel = options.wheel ?? new TimerWheel(options.clock);
    this.wheel.arm(this, sweepMs);
    this.around = {
      names: new NameCache(options.lookup ?? nameLookup(), options.clock),
      guard: options.guard,
      limits: { ...usualLimits, ...options.limits },
      authorities: options.authorities,
      // One for all: loading the authorities takes milliseconds.
      context: () => context ??= createSecureContext(options.authorities === undefined ? {} : { ca: options.authorities }),
    };
  }

  open(request: UpstreamRequest, signal: Signal): Promise<UpstreamAnswer | Failure> {
    if (signal.aborted) return Promise.resolve(new Failure('client_gone', { sent: false }));
    const pool = request.proxy === undefined ? this.poolOf(request.origin) : this.proxiedPool(request.origin, request.proxy);
    const text = pool && requestText(request, pool.host);
    if (!pool || text === undefined) return Promise.resolve(new Failure('do_request_failed', { note: this.closed ? 'shutting down' : 'the address or a header cannot be sent' }));
    return new Promise((resolve) => { new Call(request, text, pool, this.wheel, signal, resolve); });
  }

  connect(request: SocketRequest, signal: Signal): Promise<MessageSocket | SocketRefusal | Failure> {
    if (signal.aborted) return Promise.resolve(new Failure('client_gone'));
    if (this.closed) return Promise.resolve(new Failure('do_request_failed', { note: 'shutting down' }));
    return openWebSocket(request, this.around, signal);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.pools.forEach((pool) => pool.close());
    this.pools.clear();
    this.wheel.disarm(this);
  }

  onTime(now: number): number {
    for (const [origin, pool] of this.pools) {
      pool.sweep(now);
      if (pool.empty) this.pools.delete(origin);
    }
    return sweepMs;
  }

  private proxiedPool(origin: string, address: string): OriginPool | undefined {
    const key = `${address} ${origin}`, known = this.pools.get(key);
    if (known || this.closed) return known;
    const url = URL.parse(origin), proxy = readProxy(address);
    if (!url || !proxy || !/^https?:$/.test(url.protocol)) return undefined;
    const pool = new OriginPool(url, this.around, proxy);
    this.pools.set(key, pool);
    return pool;
  }

  private poolOf(origin: string): OriginPool | undefined {
    const known = this.pools.get(origin);
    if (known || this.closed) return known;
    const url = URL.parse(origin);
    if (!url || !/^https?:$/.test(url.protocol)) return undefined;
    const pool = new OriginPool(url, this.around);
    this.pools.set(origin, pool);
    return pool;
  }
}
