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
}

export const jsonAnswer = (status: number, body: unknown, headers: [string, string][] = []): HttpAnswer =>
  ({ status, headers: [['content-type', 'application/json; charset=utf-8'], ...headers], body: JSON.stringify(body) });
