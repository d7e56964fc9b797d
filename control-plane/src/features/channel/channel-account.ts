/** A channel as the account that it is at its provider: what a relay needs to ask it for models or a balance. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProviderAccount } from '../relay-link/channel-probes.ts';
import type { Channel } from './channel.entity.ts';
import type { Credentials } from './credential/credentials.ts';

/** Undefined when it has no credential that is on. Of several the first one is taken. */
export async function accountOf(em: EntityManager, channel: Channel, credentials: Credentials): Promise<ProviderAccount | undefined> {
  const secret = await credentials.first(em, channel.id);
  if (secret === undefined) return undefined;
  const { other, organization, settings } = channel.extras;
  return { type: channel.type, baseUrl: channel.baseUrl ?? null, secret, proxy: credentials.proxyOf(channel), extra: { other: other ?? '', organization: organization ?? '', settings: settings ?? '' } };
}
