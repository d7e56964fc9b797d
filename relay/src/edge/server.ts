/** The listening side: sockets to exchanges, exchanges to handlers. With its neighbours the only importer of uWebSockets.js. */
import { _cfg, App, type HttpRequest, type HttpResponse, type TemplatedApp, us_listen_socket_close, us_socket_local_port, type us_listen_socket, type us_socket_context_t } from 'uWebSockets.js';
import { Failure } from '../failure/failure.ts';
import type { Exchange } from '../pipeline/exchange.ts';
import { socketBehaviour } from './client-socket.ts';
import { Roster } from '../trace/roster.ts';
import { CoarseClock } from './coarse-clock.ts';
import { foldPath } from './path.ts';
import { answerPreflight, isPreflight } from './preflight.ts';
import { requestIds } from './request-id.ts';
import { RequestHead } from './request-head.ts';
import type { Handler, Routes } from './routes.ts';
import { type ServerSide, UwsExchange } from './uws-exchange.ts';

declare module 'uWebSockets.js' {
  /** Undocumented: this number leaves out the header that names the server and its version. */
  export function _cfg(code: string): void;
}
_cfg('999999990007');

/** RLY-02. The header block itself is limited by uWebSockets.js: see `headerBlockBytes` in workers.ts. */
const requestLineBytes = 8_192;
const tickMs = 500;

export interface EdgeOptions {
  readonly routes: Routes;
  /** Renders a failure in the dialect that the path speaks. */
  readonly refuse: (exchange: Exchange, failure: Failure) => void;
  /** The one place where bugs of handlers end up. */
  readonly onBug: (exchange: Exchange, error: unknown) => void;
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly stallMs: number;
  readonly keepAliveMs: number;
  readonly trustedProxies: readonly string[];
  readonly now: () => number;
  /** Whether handlers want every header of a request, and not only those that the relay itself reads. */
  readonly keepsHeaders: () => boolean;
}

export class Server {
  /** Exchanges under way. */
  readonly exchanges = new Roster<Exchange>();
  private readonly options: EdgeOptions;
  private readonly clock: CoarseClock;
  private readonly side: ServerSide;
  private readonly nextId: () => string;
  private readonly app: TemplatedApp = App();
  private socket: us_listen_socket | undefined;
  private closing = false;

  constructor(options: EdgeOptions) {
    this.options = options;
    this.clock = new CoarseClock(options.now, tickMs);
    this.nextId = requestIds(options.now);
    const { bodyBytes, uploadBytes, stallMs, keepAliveMs, trustedProxies } = options;
    this.side = {
      clock: this.clock, bodyBytes, uploadBytes, stallMs, keepAliveMs, trustedProxies,
      closing: () => this.closing,
      ended: ({ place }) => { if (place) this.exchanges.remove(place); },
    };
    this.mount();
  }

  /** Shares the port with other workers. @returns the port, or undefined when it could not be had */
  listen(host: string, port: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.app.listen(host, port, (socket) => {
        if (socket) this.socket = socket;
        resolve(socket ? us_socket_local_port(socket) : undefined);
      });
    });
  }

  /** From now on each answer asks its client to open another connection for the next request. */
  close(): void { this.closing = true; }

  stopListening(): void {
    if (this.socket) us_listen_socket_close(this.socket);
    this.socket = undefined;
  }

  /** Ends everything that is still open. */
  stop(): void {
    this.stopListening();
    this.app.close();
    this.clock.stop();
  }

  private mount(): void {
    this.app.ws('/*', socketBehaviour((response, request, context) => this.take(response, request, 'GET', foldPath(request.getUrl()), { context })));
    for (const { method, path, handle } of this.options.routes.exact()) {
      // Registered by name, the most used addresses need no look-up of their own.
      const serve = (response: HttpResponse, request: HttpRequest) => this.take(response, request, method, path, { handle });
      if (method === 'POST') this.app.post(path, serve); else if (method === 'GET') this.app.get(path, serve);
    }
    this.app.options('/*', (response, request) => {
      if (isPreflight(request)) answerPreflight(response, request);
      else this.take(response, request, 'OPTIONS', foldPath(request.getUrl()));
    });
    this.app.any('/*', (response, request) => this.take(response, request, request.getCaseSensitiveMethod(), foldPath(request.getUrl())));
  }

  /** @param known where it leads, of an address that was registered; its context, of a request that may be upgraded */
  private take(response: HttpResponse, request: HttpRequest, method: string, path: string, { handle, context }: { handle?: Handler; context?: us_socket_context_t } = {}): void {
    const head = new RequestHead(request, this.options.keepsHeaders());
    const line = { id: this.nextId(), method, path, query: request.getQuery() ?? '' };
    const exchange = new UwsExchange(response, line, head, this.options.now(), this.side);
    exchange.upgradeContext = context;
    exchange.place = this.exchanges.add(exchange);
    if (head.ambiguous) return this.options.refuse(exchange, new Failure('invalid_request', { say: 'The length of the body is announced in more than one way.' }));
    if (method.length + path.length + line.query.length > requestLineBytes) return this.options.refuse(exchange, new Failure('invalid_url', { status: 414, say: 'The address is too long.' }));
    this.run(exchange, handle ?? this.options.routes.find(method, path));
  }

  private run(exchange: Exchange, handle: Handler | undefined): void {
    const { refuse, onBug } = this.options;
    if (!handle) return refuse(exchange, new Failure('invalid_url', { say: `Invalid URL (${exchange.method} ${exchange.path.slice(0, 512)})` }));
    try {
      handle(exchange)?.catch((error: unknown) => onBug(exchange, error));
    } catch (error) {
      onBug(exchange, error);
    }
  }
}
