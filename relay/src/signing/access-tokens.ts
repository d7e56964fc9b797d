import { hash } from 'node:crypto';
import { Failure } from '../failure/failure.ts';
import type { AccessToken, Means, Post } from './signature.ts';

/** This long before its end a token is fetched anew, or a tenth of its life where that is shorter. */
const earlyMs = 300_000;
/** Accounts are few; a secret that is typed wrong again and again must not fill memory. */
const mostKept = 10_000;

interface Kept { readonly token: string; readonly freshUntil: number; readonly expiresAt: number }

/** Tokens by what they belong to. One refresh at a time for each; who comes meanwhile waits for it, or uses the one that still holds. */
export class AccessTokens {
  private readonly kept = new Map<string, Kept>();
  private readonly fetching = new Map<string, Promise<string | Failure>>();
  private readonly post: Post;
  private readonly now: () => number;

  /** @param now milliseconds since 1970 */
  constructor(post: Post, now: () => number) {
    this.post = post;
    this.now = now;
  }

  /**
   * What signing one request needs.
   *
   * @param used says, when it is over, which tokens it drew on
   * @param proxy of the channel: issuers of tokens are asked over it too
   */
  means(used: Set<string>, proxy?: string): Means {
    return {
      now: this.now(),
      token: (credential, fetch) => {
        const key = hash('sha256', credential);
        used.add(key);
        return this.token(key, () => fetch(proxy === undefined ? this.post : (address, type, body) => this.post(address, type, body, proxy), this.now()));
      },
    };
  }

  /** The upstream refused them, whatever their end says. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.kept.delete(key);
  }

  private async token(key: string, fetch: () => Promise<AccessToken | Failure>): Promise<string | Failure> {
    const now = this.now(), kept = this.kept.get(key);
    if (kept && now < kept.freshUntil) return kept.token;
    const running = this.fetching.get(key) ?? this.refresh(key, fetch);
    return kept && now < kept.expiresAt ? kept.token : running;
  }

  private refresh(key: string, fetch: () => Promise<AccessToken | Failure>): Promise<string | Failure> {
    const running = this.fetched(key, fetch).finally(() => this.fetching.delete(key));
    this.fetching.set(key, running);
    return running;
  }

  private async fetched(key: string, fetch: () => Promise<AccessToken | Failure>): Promise<string | Failure> {
    const begunAt = this.now(), found = await fetch();
    if (found instanceof Failure) return found;
    if (this.kept.size >= mostKept) this.kept.clear();
    const { token, expiresAt } = found;
    this.kept.set(key, { token, expiresAt, freshUntil: expiresAt - Math.min(earlyMs, (expiresAt - begunAt) / 10) });
    return token;
  }
}
