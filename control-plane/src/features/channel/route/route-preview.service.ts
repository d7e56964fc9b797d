import { z } from 'zod';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { optionsOf } from '../../option/option-values.ts';
import { Channel } from '../channel.entity.ts';
import { familyName, rank, type Listing } from './route-preview.ts';
import type { RoutePreview } from './route.types.ts';

/** Stands for the operator's list of groups. */
const autoGroup = 'auto';

async function groupsBehind(ctx: RequestContext, group: string): Promise<string[]> {
  if (group !== autoGroup) return [group];
  return z.array(z.string()).parse(JSON.parse((await optionsOf(ctx, ['AutoGroups'])).get('AutoGroups')!));
}

/** Channels with one of the names, in all the groups. */
async function listingsOf({ em }: RequestContext, groups: readonly string[], names: readonly string[]): Promise<Listing[]> {
  const rows = await sqlOf(em)<{ id: number; credentials: number }>(
    `select c.id, (select count(*)::int from channel_credential k where k.channel_id = c.id and k.status = 'ENABLED') as credentials
     from channel c where c.models && $1::text[] and c.group_names && $2::text[]`, [names, groups]);
  const credentials = new Map(rows.map((row) => [row.id, row.credentials]));
  const channels = await em.find(Channel, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { id: 'asc' } });
  return groups.flatMap((group) => channels.filter((channel) => channel.groups.includes(group)).flatMap((channel) =>
    names.filter((name) => channel.models.includes(name)).map((listedModel) => ({ channel, group, listedModel, credentials: credentials.get(channel.id) ?? 0 }))));
}

export async function previewRoute(ctx: RequestContext, asked: { group: string; model: string; excludeChannelIds: readonly string[] }): Promise<RoutePreview> {
  const groups = await groupsBehind(ctx, asked.group), { model } = asked, names = [...new Set([model, familyName(model)])];
  const leftOut = new Set(asked.excludeChannelIds.map((id) => readId('channel', id)));
  return rank(await listingsOf(ctx, groups, names), { model, leftOut });
}
