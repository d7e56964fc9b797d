/** One HTTP exchange as a value, so that everything behind the sockets can be called without one. */
export interface HttpMessage {
  /** Upper case. */
  method: string;
  /** Without the query; runs of slashes folded. */
  path: string;
  /** Without the question mark; empty when there is none. */
  query: string;
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
  /** The caller's address, forwarding headers believed only from configured proxies. */
  address: string;
}

export interface HttpAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: string | Buffer;
  /** Set for an answer that stays open: called when the head is written. `body` is not sent then. */
  stream?: (answer: OpenAnswer) => void;
}

/** An answer whose body is written bit by bit. */
export interface OpenAnswer {
  /** False when the peer takes it slower than it comes: wait for `drained`. Does nothing when the peer has gone. */
  write(chunk: string | Buffer): boolean;
  /** Resolves to true when everything is on its way, to false when the peer has gone or took nothing for 30 seconds. */
  drained(): Promise<boolean>;
  end(): void;
  /** Breaks the connection off: what came is not the whole. */
  abort(): void;
  /** The peer has gone; not called for `end`. */
  onGone(callback: () => void): void;
}

export const jsonAnswer = (status: number, body: unknown, headers: [string, string][] = []): HttpAnswer =>
  ({ status, headers: [['content-type', 'application/json; charset=utf-8'], ...headers], body: JSON.stringify(body) });
