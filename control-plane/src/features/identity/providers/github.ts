import { IdentityKind } from '../identity-kind.ts';
import { shortText } from '../profile.ts';
import type { OAuth2Site } from './oauth2-provider.ts';

/** https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps. The public e-mail address there need not be proven: not used. */
export const github: OAuth2Site = {
  kind: IdentityKind.GITHUB, slug: 'github', scope: 'read:user',
  keys: { enabled: 'GitHubOAuthEnabled', clientId: 'GitHubClientId', clientSecret: 'GitHubClientSecret' },
  async endpoints(option) {
    const [site, api] = [await option('github.address'), await option('github.api_address')];
    return { authorize: `${site}/login/oauth/authorize`, token: `${site}/login/oauth/access_token`, user: `${api}/user` };
  },
  async read({ id, login }) {
    return typeof id === 'number' ? { subject: String(id), label: shortText(login) } : 'provider_failed';
  },
};
