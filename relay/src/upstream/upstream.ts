/**
 * The outgoing side of an exchange, as the pipeline sees it. Made for the least work per chunk: no header objects, no async
 * iterators, chunks handed over as they lie in the read buffer.
 */
import type { Failure } from '../failure/failure.ts';
import type { Signal } from './signal.ts';

/** Limits of one attempt, in milliseconds, each with a failure code of its own (UPS-05). */
export interface UpstreamTimeouts {
  /** Until the connection stands, TLS included: `upstream_timeout_connect`. */
  readonly connectMs: number;
  /** From the request sent to the first byte of the answer: `upstream_timeout_first_byte`. */
  readonly firstByteMs: number;
  /** Between two chunks of the body, not counted while paused: `upstream_timeout_idle`. */
  readonly silenceMs: number;
  /** The whole attempt: `upstream_timeout_idle` too, as the answer has begun by then. */
  readonly totalMs: number;
}

/** Takes a body that is sent while it comes. */
export interface BodySink {
  /** False: the upstream is slower than that; write again after `drained`. */
  write(piece: Buffer): boolean;
  /** Calls back once when more can be taken; not at all when the attempt is over. */
  drained(callback: () => void): void;
  end(): void;
  /** The body will not be completed: the attempt fails with this. */
  fail(failure: Failure): void;
}

/** A request body that nobody holds in whole. */
export interface BodySource {
  /** Bytes; undefined: not known before its end, and sent in chunks. */
  readonly length: number | undefined;
  /** Sends all of it to the sink. Returns what ends the sending early. */
  send(sink: BodySink): () => void;
}

export interface UpstreamRequest {
  /** Scheme, host and port, without a slash at the end: `https://api.example.com`. */
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  /** With its query, beginning with a slash. */
  readonly path: string;
  /**
   * Name, value, name, value …, names in lower case, values free of line breaks. Without host, content-length, connection and
   * transfer-encoding: those are the client's. The same array object comes again with each request that has the same headers,
   * so a client may keep what it rendered from it under its identity.
   */
  readonly headers: readonly string[];
  readonly body: Buffer | BodySource | undefined;
  readonly timeouts: UpstreamTimeouts;
  /** Where the connection goes first: `socks5://user:password@host:1080`, http and https too. */
  readonly proxy?: string | undefined;
  /** Never sent a second time: it gets a new connection, as a kept one may turn out to be dead. */
  readonly once?: boolean;
}

/** Takes the body of an answer. Exactly one of `last` true, `onEnd` and `onFailure` ends it, and nothing comes after that. */
export interface AnswerSink {
  /**
   * @param chunk belongs to the client and may be overwritten after the call: copy what must stay. Chunks that come during
   *   `start` are the taker's to keep
   * @param last the body is complete with this chunk; `onEnd` is not called
   */
  onData(chunk: Buffer, last: boolean): void;
  /** Complete: by content-length, the last chunk, or the close of a connection that announced neither. */
  onEnd(): void;
  /** `answer_cut`, `upstream_timeout_idle`, or `bad_response_body` when the framing of the body broke. */
  onFailure(failure: Failure): void;
}

/** An answer whose head has arrived, whatever its status. The body waits until `start`. */
export interface UpstreamAnswer {
  readonly status: number;
  /** All of them: name, value, name, value …, names as they came. */
  readonly fields: readonly string[];
  /** First header of that name (lower case), or undefined. */
  header(name: string): string | undefined;
  /** Begins delivery; called once. What had arrived already is delivered during the call. */
  start(sink: AnswerSink): void;
  /** Stops reading: at most what was read already is still delivered. Safe inside `onData`. */
  pause(): void;
  resume(): void;
  /** Its head was read by whom it concerned: streams live long, and need not keep it. Absent: nothing would be gained. */
  forgetHead?(): void;
  /** Ends the attempt: the connection is destroyed unless the body was complete. No callback follows. May be called twice. */
  cancel(): void;
}

/** A WebSocket that should be opened; members as in `UpstreamRequest`, `origin` with http or https. */
export type SocketRequest = Pick<UpstreamRequest, 'origin' | 'path' | 'headers' | 'timeouts' | 'proxy'>;

/** The upstream answered the handshake with something else than a WebSocket. */
export interface SocketRefusal { readonly status: number; readonly body: Buffer; readonly retryAfter: string | undefined }

export interface SocketTaker {
  /** @param data is the taker's to keep */
  onMessage(data: Buffer, isBinary: boolean): void;
  /** Once, whoever closed it; 1006: without a word. */
  onClose(code: number, reason: string): void;
}

/** Either end of a WebSocket pair. */
export interface MessageSocket {
  /** Bytes that were sent and have not left. */
  readonly buffered: number;
  send(data: Buffer, isBinary: boolean): void;
  ping(): void;
  /** @param code one that may be sent */
  close(code: number, reason: string): void;
  /** Begins; called once. What came before comes then. */
  listen(taker: SocketTaker): void;
  /** Reads no more, so that the other end has to wait. Messages that were read already still come. */
  pause(): void;
  resume(): void;
  /** Calls back once when everything that was sent has left; not at all when the socket closes before. */
  drained(callback: () => void): void;
}

export interface Upstream {
  /**
   * One attempt. Resolves with the head of the answer, or with a failure: `do_request_failed` (with `details.note`),
   * `upstream_timeout_connect`, `upstream_timeout_first_byte`, `bad_response_body` (a head that is not HTTP),
   * `client_gone` when the signal fired. The signal matters until the answer is there; afterwards `cancel` does.
   */
  open(request: UpstreamRequest, signal: Signal): Promise<UpstreamAnswer | Failure>;
  /** A WebSocket. Failures as those of `open`. */
  connect(request: SocketRequest, signal: Signal): Promise<MessageSocket | SocketRefusal | Failure>;
  /** Ends idle connections now and the others when they are done. */
  close(): Promise<void>;
}
