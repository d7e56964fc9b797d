import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import { Group } from '../../group/group.entity.ts';
import { listOption, textOption } from '../../option/option-values.ts';
import { Provider } from '../../relay-link/provider.entity.ts';
import type { Surroundings } from './check-channel.ts';

/**
 * What a channel is checked against, as it stands now.
 *
 * @param upstreamAllow private ranges that the configuration allows, beside those of the option
 * @param own addresses under which this instance is reached, beside that of the option
 */
export async function surroundingsOf(em: EntityManager, upstreamAllow: readonly string[], own: readonly string[] = []): Promise<Surroundings> {
  const groups = await em.find(Group, {});
  const providers = await em.find(Provider, {});
  const privateRanges = [...upstreamAllow, ...(await listOption(sqlOf(em), 'upstream.private_allowlist'))];
  const addresses = [...own, await textOption(sqlOf(em), 'ServerAddress')].flatMap((address) => URL.parse(address)?.host ?? []);
  return { own: new Set(addresses), groups: new Set(groups.map(({ name }) => name)), types: new Set(providers.map(({ type }) => type)), privateRanges };
}
