/** Going to a provider and coming back (MFA-05): state, PKCE and nonce, of one use, bound to the browser, the provider and who was signed in. */
import { randomInt } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { randomNonce, randomPKCECodeVerifier } from 'openid-client';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { beginCeremony, takeCeremony } from '../ceremony/ceremonies.ts';
import { optionOf } from '../option/option-values.ts';
import { requireStepUp } from '../step-up/require-step-up.ts';
import type { Bindings } from './bindings.ts';
import { identityRefusal, type IdentityEntry } from './identity-entry.ts';
import type { IdentityKind } from './identity-kind.ts';
import { OAuthBeginPayload, OAuthFinishPayload } from './identity.types.ts';
import type { OAuthProvider } from './providers/provider.ts';

const lifeMs = 600_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const newState = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');

/** Kind, verifier and nonce are missing when a compatible client builds the address by itself. */
interface Begun { state: string; kind?: IdentityKind; verifier?: string; nonce?: string; inviteCode?: string }

export interface OAuthParts { providers: readonly OAuthProvider[]; entry: IdentityEntry; bindings: Bindings; limits: RateLimits; publicUrl: string }

export class OAuthService {
  constructor(private readonly parts: OAuthParts) {}

  /** A signed-in caller is asked who they are first: what they bind opens their account. */
  async begin(ctx: RequestContext, kind: IdentityKind, inviteCode: string | null): Promise<OAuthBeginPayload> {
    if (isSignedIn(ctx)) await requireStepUp({ strict: false }, ctx);
    const provider = this.providerOf(kind);
    if (!provider || !(await provider.isEnabled(ctx))) return new OAuthBeginPayload(null, [identityRefusal(ctx, 'provider_off')]);
    const begun = { state: newState(), kind, verifier: randomPKCECodeVerifier(), nonce: randomNonce() };
    const url = await provider.authorizeUrl(ctx, { ...begun, redirectUri: await this.redirectUri(ctx, provider) });
    if (!url) return new OAuthBeginPayload(null, [identityRefusal(ctx, 'provider_failed')]);
    await this.keep(ctx, { ...begun, ...invited(inviteCode) });
    return new OAuthBeginPayload(url.href);
  }

  /** For clients that build the provider's address themselves. */
  async newState(ctx: RequestContext, inviteCode: string | null): Promise<string> {
    const state = newState();
    await this.keep(ctx, { state, ...invited(inviteCode) });
    return state;
  }

  /** Throws STATE_MISMATCH for a return that this browser did not begin. */
  async finish(ctx: RequestContext, kind: IdentityKind, code: string, state: string): Promise<OAuthFinishPayload> {
    const begun = await this.take(ctx, kind, state), provider = this.providerOf(kind);
    if (!provider || !(await provider.isEnabled(ctx))) return refused(ctx, 'provider_off');
    if (code === '' || code.length > 4_096) return refused(ctx, 'code_expired');
    const profile = await provider.profile(ctx, code, { ...begun, redirectUri: await this.redirectUri(ctx, provider) });
    if (typeof profile === 'string') return refused(ctx, profile);
    if (!isSignedIn(ctx)) return Object.assign(new OAuthFinishPayload(null), await this.parts.entry.signIn(ctx, { profile, slug: provider.slug, inviteCode: begun.inviteCode }));
    const fault = await this.parts.bindings.bind(ctx, ctx.principal!.userId, profile);
    return fault ? refused(ctx, fault) : Object.assign(new OAuthFinishPayload(null), { bound: true });
  }

  private async keep(ctx: RequestContext, data: Begun): Promise<void> {
    const limited = await this.parts.limits.take('ceremony', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    await beginCeremony(ctx, 'oauth', { data, lifeMs, ...(isSignedIn(ctx) && { userId: ctx.principal!.userId }) });
  }

  private async take(ctx: RequestContext, kind: IdentityKind, state: string): Promise<Begun> {
    const found = await takeCeremony<Begun>(ctx, 'oauth'), caller = isSignedIn(ctx) ? ctx.principal!.userId : null;
    const fits = found && found.data.state === state && (found.data.kind ?? kind) === kind && found.userId === caller;
    if (!fits) throw new GraphQLError(say('oauth_state', ctx.language), { extensions: { code: 'STATE_MISMATCH', legacyCode: 'oauth_state' } });
    return found.data;
  }

  private readonly providerOf = (kind: IdentityKind): OAuthProvider | undefined => this.parts.providers.find((one) => one.kind === kind);

  /** From the configuration, never from the request. */
  private async redirectUri(ctx: RequestContext, { slug }: OAuthProvider): Promise<string> {
    return `${(await optionOf(ctx, 'ServerAddress')) || this.parts.publicUrl}/oauth/${slug}`;
  }
}

/** Binding lives in the session: an access token alone signs nobody in and binds nothing (management-api 2.2). */
export const isSignedIn = ({ principal }: RequestContext): boolean => principal?.sessionId !== undefined;

const invited = (code: string | null) => (code ? { inviteCode: code.slice(0, 16) } : {});

const refused = (ctx: RequestContext, message: Parameters<typeof identityRefusal>[1]) => new OAuthFinishPayload(null, [identityRefusal(ctx, message)]);
