/**
 * OpenID Connect with discovery (OpenID Connect Core 1.0, Discovery 1.0): signature, issuer, audience, times and nonce of the ID
 * token are checked by the library.
 */
import {
  allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, ClientSecretBasic, ClientSecretPost, Configuration, customFetch, discovery, enableNonRepudiationChecks, fetchUserInfo,
} from 'openid-client';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import type { Egress } from '../../egress/egress.ts';
import { egressFetch } from '../../egress/egress-fetch.ts';
import { optionOf } from '../../option/option-values.ts';
import type { SiteSecrets } from '../../option/site-secrets.ts';
import { IdentityKind } from '../identity-kind.ts';
import { shortText, type Profile } from '../profile.ts';
import type { OAuthProvider, Started } from './provider.ts';

const keptMs = 600_000, timeoutMs = 10_000;
const overrides = { authorization_endpoint: 'oidc.authorization_endpoint', token_endpoint: 'oidc.token_endpoint', userinfo_endpoint: 'oidc.user_info_endpoint' } as const;

type Claims = Record<string, unknown>;

export class OidcProvider implements OAuthProvider {
  readonly kind = IdentityKind.OIDC;
  readonly slug = 'oidc';
  /** What discovery said, for as long as the options are the same: its keys are cached with it. */
  private known: { settings: string; until: number; configuration: Configuration } | undefined;

  constructor(private readonly egress: Egress, private readonly secrets: SiteSecrets, private readonly clock: Clock) {}

  async isEnabled(ctx: RequestContext): Promise<boolean> {
    return (await optionOf(ctx, 'oidc.enabled')) === 'true';
  }

  async authorizeUrl(ctx: RequestContext, { state, redirectUri, verifier, nonce }: Required<Started>): Promise<URL | undefined> {
    const configuration = await this.configuration(ctx);
    return configuration && buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri, state, nonce, scope: 'openid profile email', code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
  }

  async profile(ctx: RequestContext, code: string, { state, redirectUri, verifier, nonce }: Started): Promise<Profile | MessageCode> {
    const configuration = await this.configuration(ctx), back = new URL(redirectUri);
    if (!configuration) return 'provider_failed';
    // RFC 9207: the issuer in the answer is checked where the provider announces it; clients of the contract do not hand it on.
    const { issuer, authorization_response_iss_parameter_supported: announces } = configuration.serverMetadata();
    back.search = new URLSearchParams({ code, state, ...(announces && { iss: issuer }) }).toString();
    try {
      const checks = { expectedState: state, idTokenExpected: true, ...(nonce && { expectedNonce: nonce }), ...(verifier && { pkceCodeVerifier: verifier }) };
      const granted = await authorizationCodeGrant(configuration, back, checks), claims = granted.claims()!;
      return profileOf(issuer, await this.withUserInfo(configuration, granted.access_token, claims as Claims & { sub: string }));
    } catch {
      return 'provider_failed';                          // the library throws for what the provider does; its words may hold secrets
    }
  }

  private async withUserInfo(configuration: Configuration, token: string, claims: Claims & { sub: string }): Promise<Claims> {
    if (!configuration.serverMetadata().userinfo_endpoint || claims.preferred_username || claims.name) return claims;
    return { ...await fetchUserInfo(configuration, token, claims.sub), ...claims };
  }

  /** Undefined when the provider does not tell about itself. */
  private async configuration(ctx: RequestContext): Promise<Configuration | undefined> {
    const [wellKnown, clientId, secret] = [await optionOf(ctx, 'oidc.well_known'), await optionOf(ctx, 'oidc.client_id'), await this.secrets.read(sqlOf(ctx.em), 'oidc.client_secret')];
    const given = Object.fromEntries((await Promise.all(Object.entries(overrides).map(async ([name, key]) => [name, await optionOf(ctx, key)] as const))).filter(([, value]) => value));
    const settings = JSON.stringify([wellKnown, clientId, secret, given]), now = this.clock.now().getTime();
    if (this.known?.settings === settings && now < this.known.until) return this.known.configuration;
    try {
      const configuration = await this.discover(wellKnown, clientId, secret, given);
      this.known = { settings, until: now + keptMs, configuration };
      return configuration;
    } catch {
      return undefined;
    }
  }

  private async discover(wellKnown: string, clientId: string, secret: string, given: Record<string, string>): Promise<Configuration> {
    const fetch = egressFetch(this.egress, 'operator', timeoutMs) as NonNullable<Configuration[typeof customFetch]>;
    const isPlain = wellKnown.startsWith('http:');       // an operator's own server on a private network
    const found = (await discovery(new URL(wellKnown), clientId, undefined, undefined, { [customFetch]: fetch, execute: isPlain ? [allowInsecureRequests] : [] })).serverMetadata();
    const takesPost = found.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true;
    const configuration = new Configuration({ ...found, ...given }, clientId, undefined, takesPost ? ClientSecretPost(secret) : ClientSecretBasic(secret));
    configuration[customFetch] = fetch;
    // Without it the library relies on TLS alone, and looks at no signature.
    enableNonRepudiationChecks(configuration);
    if (isPlain) allowInsecureRequests(configuration);
    return configuration;
  }
}

function profileOf(issuer: string, { sub, preferred_username: username, name, email, email_verified: verified }: Claims): Profile | MessageCode {
  const subject = shortText(sub), address = shortText(email);
  if (subject === '') return 'provider_failed';
  return { kind: IdentityKind.OIDC, issuer: shortText(issuer), subject, label: shortText(username || name || email), ...(verified === true && address && { email: address }) };
}
