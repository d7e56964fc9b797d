/** Which handler serves an address. Exact addresses first, then the longest prefix. */
import type { Exchange } from '../pipeline/exchange.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
/** What it resolves with is nobody's business: it ends when the exchange does. */
export type Handler = (exchange: Exchange) => Promise<unknown> | void;

/** A path that ends in `/*` takes everything below it; one that begins with a star has any first segment that no other route knows. */
export interface Route { readonly method: Method; readonly path: string; readonly handle: Handler; /** Takes upgrades to a WebSocket. */ readonly upgrades?: boolean }

export class Routes {
  private readonly byPath = new Map<string, Handler>();
  private readonly prefixes: { method: string; prefix: string; handle: Handler }[] = [];
  private readonly suffixes = new Map<string, Handler>();
  private readonly list: readonly Route[];

  constructor(list: readonly Route[]) {
    this.list = list;
    for (const { method, path, handle } of list) {
      if (path.startsWith('/*/')) this.suffixes.set(`${method} ${path.slice(2)}`, handle);
      else if (path.endsWith('/*')) this.prefixes.push({ method, prefix: path.slice(0, -1), handle });
      else this.byPath.set(`${method} ${path}`, handle);
    }
    this.prefixes.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  exact(): readonly Route[] { return this.list.filter((route) => !route.path.endsWith('/*') && !route.path.startsWith('/*/') && !route.upgrades); }

  /** @param path folded */
  find(method: string, path: string): Handler | undefined {
    return this.byPath.get(`${method} ${path}`)
      ?? this.prefixes.find((entry) => entry.method === method && path.startsWith(entry.prefix) && path.length > entry.prefix.length)?.handle
      ?? this.suffixes.get(`${method} ${path.slice(Math.max(0, path.indexOf('/', 1)))}`);
  }
}
