import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import { Group } from '../../group/group.entity.ts';
import { listOption } from '../../option/option-values.ts';
import { Provider } from '../../relay-link/provider.entity.ts';
import type { Surroundings } from './check-channel.ts';

/**
 * What a channel is checked against, as it stands now.
 *
 * @param upstreamAllow private ranges that the configuration allows, beside those of the option
 */
export async function surroundingsOf(em: EntityManager, upstreamAllow: readonly string[]): Promise<Surroundings> {
  const groups = await em.find(Group, {});
  const providers = await em.find(Provider, {});
  const privateRanges = [...upstreamAllow, ...(await listOption(sqlOf(em), 'upstream.private_allowlist'))];
  return { groups: new Set(groups.map(({ name }) => name)), types: new Set(providers.map(({ type }) => type)), privateRanges };
}
