/** Plain OAuth 2.0: the code for a token, the token for a profile. A provider is its addresses and the reading of its profile. */
import { allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, ClientSecretPost, Configuration, customFetch } from 'openid-client';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import type { Egress } from '../../egress/egress.ts';
import { EgressFailure } from '../../egress/egress.ts';
import { egressFetch } from '../../egress/egress-fetch.ts';
import type { OptionKey } from '../../option/option-registry.ts';
import { optionOf } from '../../option/option-values.ts';
import type { SiteSecrets } from '../../option/site-secrets.ts';
import type { IdentityKind } from '../identity-kind.ts';
import type { Profile } from '../profile.ts';
import type { OAuthProvider, Started } from './provider.ts';

export interface OAuth2Site {
  kind: IdentityKind;
  slug: string;
  keys: { enabled: OptionKey; clientId: OptionKey; clientSecret: OptionKey };
  scope: string;
  endpoints(option: (key: OptionKey) => Promise<string>): Promise<{ authorize: string; token: string; user: string }>;
  /** The profile in the provider's words; what it lacks is a refusal. */
  read(user: Record<string, unknown>, option: (key: OptionKey) => Promise<string>): Promise<Omit<Profile, 'kind' | 'issuer'> | MessageCode>;
}

const timeoutMs = 10_000;

export class OAuth2Provider implements OAuthProvider {
  readonly kind: IdentityKind;
  readonly slug: string;

  constructor(private readonly site: OAuth2Site, private readonly egress: Egress, private readonly secrets: SiteSecrets) {
    this.kind = site.kind;
    this.slug = site.slug;
  }

  async isEnabled(ctx: RequestContext): Promise<boolean> {
    return (await optionOf(ctx, this.site.keys.enabled)) === 'true';
  }

  async authorizeUrl(ctx: RequestContext, { state, redirectUri, verifier }: Required<Started>): Promise<URL> {
    const { scope } = this.site;
    return buildAuthorizationUrl(await this.configuration(ctx), {
      redirect_uri: redirectUri, state, ...(scope && { scope }), code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
  }

  async profile(ctx: RequestContext, code: string, { state, redirectUri, verifier }: Started): Promise<Profile | MessageCode> {
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({ code, state }).toString();
    let token: string;
    try {
      const granted = await authorizationCodeGrant(await this.configuration(ctx), back, { expectedState: state, ...(verifier && { pkceCodeVerifier: verifier }) });
      token = granted.access_token;
    } catch {
      return 'provider_failed';                          // the library throws for what the provider does; its words may hold secrets
    }
    const option = (key: OptionKey) => optionOf(ctx, key), user = await this.userOf(token, (await this.site.endpoints(option)).user);
    const read = user ? await this.site.read(user, option) : 'provider_failed';
    return typeof read === 'string' ? read : { ...read, kind: this.kind, issuer: '' };
  }

  private async userOf(token: string, url: string): Promise<Record<string, unknown> | undefined> {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'weir' };
    const answer = await this.egress.request({ url, headers, chosenBy: 'operator', timeoutMs });
    if (answer instanceof EgressFailure || answer.status !== 200) return undefined;
    try {
      const value: unknown = JSON.parse(answer.body.toString('utf8'));
      return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined;
    } catch {
      return undefined;                                  // not JSON: as good as no answer
    }
  }

  private async configuration(ctx: RequestContext): Promise<Configuration> {
    const { keys } = this.site, { authorize, token } = await this.site.endpoints((key) => optionOf(ctx, key));
    const secret = await this.secrets.read(sqlOf(ctx.em), keys.clientSecret);
    const server = { issuer: new URL(authorize).origin, authorization_endpoint: authorize, token_endpoint: token };
    const configuration = new Configuration(server, await optionOf(ctx, keys.clientId), undefined, ClientSecretPost(secret));
    configuration[customFetch] = egressFetch(this.egress, 'operator', timeoutMs) as NonNullable<Configuration[typeof customFetch]>;
    // An operator's own server on a private network; the public ones are https.
    if (token.startsWith('http:')) allowInsecureRequests(configuration);
    return configuration;
  }
}
