/** The proxy of a channel (semantics 3.6): where its connections go first. */

export interface Proxy {
  /** Names it: connections through different proxies are never mixed. */
  readonly address: string;
  readonly kind: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const kinds: Readonly<Record<string, { kind: Proxy['kind']; port: number }>> = {
  'http:': { kind: 'http', port: 80 }, 'https:': { kind: 'https', port: 443 }, 'socks5:': { kind: 'socks5', port: 1080 }, 'socks5h:': { kind: 'socks5', port: 1080 },
};

const known = new Map<string, Proxy | undefined>();

/** `socks5://user:password@host:1080`; undefined when it is none. Names of providers are always resolved by the proxy. */
export function readProxy(text: string): Proxy | undefined {
  if (!known.has(text)) {
    if (known.size > 10_000) known.clear();
    known.set(text, read(text));
  }
  return known.get(text);
}

function read(text: string): Proxy | undefined {
  const url = URL.parse(text), usual = url ? kinds[url.protocol] : undefined;
  if (!url || !usual || !url.hostname) return undefined;
  try {
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return { address: text, kind: usual.kind, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || usual.port, user, password };
  } catch {
    return undefined;                                    // a login that is not percent-encoded as it should be
  }
}
