import { IdentityKind } from '../identity-kind.ts';
import { shortText } from '../profile.ts';
import type { OAuth2Site } from './oauth2-provider.ts';

/** https://connect.linux.do: trust levels go from 0 to 4. */
export const linuxDo: OAuth2Site = {
  kind: IdentityKind.LINUX_DO, slug: 'linuxdo', scope: '',
  keys: { enabled: 'LinuxDOOAuthEnabled', clientId: 'LinuxDOClientId', clientSecret: 'LinuxDOClientSecret' },
  async endpoints(option) {
    const site = await option('linuxdo.address');
    return { authorize: `${site}/oauth2/authorize`, token: `${site}/oauth2/token`, user: `${site}/api/user` };
  },
  async read({ id, username, trust_level: trust }, option) {
    if (typeof id !== 'number') return 'provider_failed';
    const least = Number(await option('LinuxDOMinimumTrustLevel'));
    return typeof trust === 'number' && trust >= least ? { subject: String(id), label: shortText(username) } : least > 0 ? 'trust_level_low' : { subject: String(id), label: shortText(username) };
  },
};
