/** One client request and its answer, as the pipeline sees it. Made and implemented in edge/; sockets stay there. */
import type { Failure } from '../failure/failure.ts';
import type { Signal } from '../upstream/signal.ts';
import type { MessageSocket } from '../upstream/upstream.ts';

/** The headers that the relay reads. All others from clients are ignored (RLY-11). Empty text: absent. */
export interface RequestHeaders {
  readonly authorization: string;
  readonly apiKey: string;
  readonly googApiKey: string;
  readonly midjourneySecret: string;
  readonly webSocketProtocol: string;
  readonly anthropicVersion: string;
  readonly contentEncoding: string;
  readonly contentType: string;
  readonly clientRequestId: string;
  readonly acceptLanguage: string;
  readonly forwardedFor: string;
  /** How many gateways like this one it came through (UPS-10). */
  readonly hops: number;
  /** Whether there is any header that a dialect may pass on. */
  readonly hasPassed: boolean;
  /** A header that a dialect may pass on (lower-case name); empty when the client did not send it. */
  passed(name: string): string;
  /** Every header by its lower-case name, for rules of channels that speak of them; empty where no channel has such rules. */
  readonly all: ReadonlyMap<string, string>;
}

/** A body that comes in pieces. Exactly one of `last` true and `onFailure` ends it. */
export interface BodyTaker {
  /** @param piece is the taker's to keep */
  onPiece(piece: Buffer, last: boolean): void;
  /** `read_request_body_failed` (too large), `client_gone`. */
  onFailure(failure: Failure): void;
}

export interface Flow { pause(): void; resume(): void }

export interface Exchange {
  /** Request id and charge id: minted here, never taken from the client (LED-05). */
  readonly id: string;
  /** Milliseconds since 1970 at which the head of the request arrived. */
  readonly startedAt: number;
  readonly method: string;
  /** Folded: single slashes, none at the end. */
  readonly path: string;
  /** Without the question mark; may be empty. */
  readonly query: string;
  readonly headers: RequestHeaders;
  /** As far as trusted proxies vouch for it; empty when it cannot be told. */
  readonly clientAddress: string;
  /** Fires when the client is gone. */
  readonly signal: Signal;
  /** A head or a whole answer went out: from here on failures are events of the stream. */
  readonly begun: boolean;

  /**
   * The whole body, unpacked. Called once, in the tick in which the exchange was handed over unless `keepBody` was.
   * Failures: `read_request_body_failed` (too large), `bad_request_body` (cannot be unpacked), `client_gone`.
   */
  readBody(): Promise<Buffer | Failure>;
  /** The announced length of the body in bytes; undefined: not announced. */
  readonly bodyBytes: number | undefined;
  /** The body as it comes, packed as it was sent; instead of `readBody`, and on the same terms. */
  pipeBody(taker: BodyTaker): Flow;
  /** Reads the body already while something else must be waited for. */
  keepBody(): void;
  /** A whole answer in one write. */
  answer(status: number, contentType: string, body: string | Buffer, headers?: readonly string[]): void;
  /**
   * Status and headers of a streamed answer; they go out together with the first write.
   *
   * @param keepAlive what a silent stream may be told between its events; undefined: nothing
   * @param keepAliveMs after which silence; 0: as the relay is configured
   */
  begin(status: number, contentType: string, headers?: readonly string[], keepAlive?: string, keepAliveMs?: number): void;
  /** Sends in one write. False: the client is slower than that; write again after `drained`. The chunk is copied. */
  write(chunk: Buffer | string): boolean;
  /** Calls back once when the client can take more; not at all when it leaves. */
  drained(callback: () => void): void;
  /** Ends a streamed answer, with a last chunk in the same write. */
  end(chunk?: Buffer | string): void;
  /** Ends the connection without the proper end of the answer: what came cannot be completed. */
  cut(): void;

  /**
   * Answers an upgrade: from here on the socket is what there is to talk to, and the exchange ends with it.
   *
   * @param protocol one of those that the client offered; empty: none
   * @returns undefined when the client is gone, or did not ask for a WebSocket
   */
  upgrade(protocol: string): MessageSocket | undefined;
  /** The client asks for a WebSocket. */
  readonly wantsSocket: boolean;

  /** The relay, not the client, gave this exchange up. */
  readonly expired: boolean;
  /** Gives it up, when the relay must go: everything below stops as if the client had left. */
  expire(): void;
}
