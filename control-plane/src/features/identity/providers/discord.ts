import { IdentityKind } from '../identity-kind.ts';
import { shortText } from '../profile.ts';
import type { OAuth2Site } from './oauth2-provider.ts';

/** https://discord.com/developers/docs/topics/oauth2 */
export const discord: OAuth2Site = {
  kind: IdentityKind.DISCORD, slug: 'discord', scope: 'identify',
  keys: { enabled: 'discord.enabled', clientId: 'discord.client_id', clientSecret: 'discord.client_secret' },
  async endpoints(option) {
    const site = await option('discord.address');
    return { authorize: `${site}/oauth2/authorize`, token: `${site}/api/v10/oauth2/token`, user: `${site}/api/v10/users/@me` };
  },
  async read({ id, username, global_name: name }) {
    return typeof id === 'string' && id !== '' ? { subject: shortText(id), label: shortText(username || name) } : 'provider_failed';
  },
};
