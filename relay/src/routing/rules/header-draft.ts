/** The headers of an upstream call in the making, and which of a client's headers a rule may hand on. */

/** Belong to one connection, or name the client to us: never handed on, whatever a rule says. */
const never = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host',
  'content-length', 'content-encoding', 'accept-encoding', 'expect', 'http2-settings',
]);
const secret = new Set(['authorization', 'x-api-key', 'x-goog-api-key', 'api-key', 'cookie', 'mj-api-secret', 'sec-websocket-protocol', 'new-api-user']);
const isPassable = (name: string): boolean => !never.has(name) && !secret.has(name) && !name.startsWith('x-forwarded-') && !name.startsWith('sec-');

const fieldName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const sendable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** The headers of the client, lower case. */
export type ClientHeaders = ReadonlyMap<string, string>;

export class HeaderDraft {
  private readonly values: Map<string, string>;
  private readonly client: ClientHeaders;
  private changed = false;
  private readonly source: readonly string[];

  /** @param source name, value, name, value …, names in lower case */
  constructor(source: readonly string[], client: ClientHeaders) {
    this.source = source;
    this.client = client;
    this.values = new Map();
    for (let i = 0; i + 1 < source.length; i += 2) this.values.set(source[i]!, source[i + 1]!);
  }

  /** Nothing happens where a name or value could not be sent, or the header is the connection's own. */
  set(name: string, value: string): void {
    const key = name.trim().toLowerCase(), text = value.trim();
    if (!fieldName.test(key) || never.has(key) || !sendable.test(text)) return;
    this.changed = true;
    this.values.set(key, text);
  }

  delete(name: string): void {
    if (this.values.delete(name.trim().toLowerCase())) this.changed = true;
  }

  /** What would be sent, else what the client sent; never a credential of the client. */
  get(name: string): string | undefined {
    const key = name.trim().toLowerCase();
    return this.values.get(key) ?? this.fromClient(key);
  }

  fromClient(name: string): string | undefined {
    const key = name.trim().toLowerCase();
    return isPassable(key) ? this.client.get(key) : undefined;
  }

  /** Hands on every header of the client whose name fits and that is not set yet. */
  pass(fits: (name: string) => boolean): void {
    for (const [name, value] of this.client) if (isPassable(name) && !this.values.has(name) && fits(name)) this.set(name, value);
  }

  /** The source itself when nothing changed. */
  list(): readonly string[] {
    return this.changed ? [...this.values].flat() : this.source;
  }
}
