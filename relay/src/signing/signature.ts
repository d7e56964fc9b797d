/** Credentials that are made for each request, or fetched and kept for a while (providers 3). */
import type { Json } from '../dialects/chat-event.ts';
import type { Failure } from '../failure/failure.ts';

export type SignedHeader = readonly [name: string, value: string];

/** A request that is complete but for its credential. */
export interface Unsigned {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: readonly SignedHeader[];
  /** The very bytes that will be sent. */
  readonly body: Buffer;
}

/** What the credential adds to it. */
export interface Signature {
  readonly headers: readonly SignedHeader[];
  /** Without the question mark or ampersand. */
  readonly query?: string;
}

export interface AccessToken { readonly token: string; /** Milliseconds since 1970. */ readonly expiresAt: number }

/** Posts a form or JSON to an issuer of tokens; a Failure when it refuses. */
export type Post = (address: string, contentType: string, body: string, proxy?: string) => Promise<Json | Failure>;

/** What signing needs of the world. */
export interface Means {
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * A token that is kept until shortly before it expires; concurrent callers wait for one refresh.
   *
   * @param credential what it belongs to; kept as a hash only
   */
  token(credential: string, fetch: (post: Post, now: number) => Promise<AccessToken | Failure>): Promise<string | Failure>;
}
