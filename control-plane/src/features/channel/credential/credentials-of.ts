import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../../kernel/context.ts';
import { ChannelStatus } from '../channel.entity.ts';
import { ChannelCredential } from './channel-credential.entity.ts';

/** Batch for requestLoader: the credentials of many channels in one query. */
export async function credentialsOf(ctx: RequestContext, channelIds: readonly number[]): Promise<ChannelCredential[][]> {
  const rows = await ctx.em.fork().find(ChannelCredential, { channelId: { $in: [...channelIds] } }, { orderBy: { position: 'asc', id: 'asc' } });
  const byChannel = new Map<number, ChannelCredential[]>(channelIds.map((id) => [id, []]));
  for (const row of rows) byChannel.get(row.channelId)!.push(row);
  return channelIds.map((id) => byChannel.get(id)!);
}

/** How many of a channel are on. */
export const enabledCredentials = (em: EntityManager, channelId: number): Promise<number> => em.count(ChannelCredential, { channelId, status: ChannelStatus.ENABLED });
