/** Accounts elsewhere: providers, bindings, and the accounts that are made for them. */
import type { Egress } from '../../features/egress/egress.ts';
import { BindingService } from '../../features/identity/binding.service.ts';
import { Bindings } from '../../features/identity/bindings.ts';
import { DirectIdentityService } from '../../features/identity/direct-identity.service.ts';
import { IdentityEntry } from '../../features/identity/identity-entry.ts';
import { IdentityResolver, UserBindingsResolver } from '../../features/identity/identity.resolver.ts';
import { NewAccounts } from '../../features/identity/new-account.ts';
import { OAuthService } from '../../features/identity/oauth.service.ts';
import { discord } from '../../features/identity/providers/discord.ts';
import { github } from '../../features/identity/providers/github.ts';
import { linuxDo } from '../../features/identity/providers/linux-do.ts';
import { OAuth2Provider } from '../../features/identity/providers/oauth2-provider.ts';
import { OidcProvider } from '../../features/identity/providers/oidc-provider.ts';
import { SiteSignInResolver } from '../../features/identity/site-sign-in.resolver.ts';
import { WeChat } from '../../features/identity/wechat.ts';
import type { NewUserGifts } from '../../features/invite/new-user-gifts.ts';
import { SiteSecrets } from '../../features/option/site-secrets.ts';
import type { RelyingParties } from '../../features/passkey/relying-party.ts';
import type { SecondStep } from '../../features/session/second-step.ts';
import type { FactorChange } from '../../features/two-factor/factor-change.ts';
import type { UserWriter } from '../../features/user/user-writer.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import type { Foundation } from '../services.ts';

export interface IdentityParts { egress: Egress; gifts: NewUserGifts; writer: UserWriter; limits: RateLimits; secondStep: SecondStep; change: FactorChange; parties: RelyingParties }

export function identitySide({ secretBox, clock, config: { publicUrl } }: Foundation, parts: IdentityParts): object[] {
  const { egress, gifts, writer, limits, secondStep, change, parties } = parts, secrets = new SiteSecrets(secretBox), bindings = new Bindings(change);
  const entry = new IdentityEntry(bindings, new NewAccounts(writer, gifts, bindings), secondStep);
  const providers = [...[github, discord, linuxDo].map((site) => new OAuth2Provider(site, egress, secrets)), new OidcProvider(egress, secrets, clock)];
  return [
    new IdentityResolver(
      new OAuthService({ providers, entry, bindings, limits, publicUrl }),
      new DirectIdentityService(entry, bindings, new WeChat(egress, secrets), secrets),
      new BindingService(bindings),
    ),
    new SiteSignInResolver(parties),
    new UserBindingsResolver(),
  ];
}
