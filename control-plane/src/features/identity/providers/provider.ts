/** A place that people sign in at and come back from with a code (OAuth 2.0, RFC 6749 with RFC 7636). */
import type { RequestContext } from '../../../kernel/context.ts';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import type { IdentityKind } from '../identity-kind.ts';
import type { Profile } from '../profile.ts';

/** What the sign-in was begun with. Compatible clients build the address themselves: then there is neither verifier nor nonce. */
export interface Started { state: string; redirectUri: string; verifier?: string; nonce?: string }

export interface OAuthProvider {
  kind: IdentityKind;
  /** In addresses and in names of new users. */
  slug: string;
  isEnabled(ctx: RequestContext): Promise<boolean>;
  /** Where the browser goes; undefined when the provider cannot be reached. */
  authorizeUrl(ctx: RequestContext, started: Required<Started>): Promise<URL | undefined>;
  /** Who came back, or why not. */
  profile(ctx: RequestContext, code: string, started: Started): Promise<Profile | MessageCode>;
}
