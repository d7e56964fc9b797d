/** The credentials of one channel with their states, a page at a time. A channel has at most some hundred: they are counted here. */
import type { RequestContext } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { ChannelCredential } from './channel-credential.entity.ts';
import type { Credentials } from './credentials.ts';
import { ChannelCredentialPage } from './credential.types.ts';
import { isPlain, notMultiKey } from './multi-key.ts';

const usualSize = 50, largestSize = 500;

export interface CredentialQuestion { channelId: string; status: ChannelStatus | null; page: number; pageSize: number }

export async function listCredentials(ctx: RequestContext, credentials: Credentials, { channelId, status, page, pageSize }: CredentialQuestion): Promise<ChannelCredentialPage> {
  const answer = new ChannelCredentialPage(), id = readId('channel', channelId);
  const channel = await ctx.em.findOne(Channel, { id });
  if (!channel) return Object.assign(answer, { userErrors: [notFound(ctx, ['channelId'])] });
  const all = await ctx.em.find(ChannelCredential, { channelId: id }, { orderBy: { position: 'asc', id: 'asc' } });
  if (isPlain(channel, all)) return Object.assign(answer, { userErrors: [notMultiKey(ctx)] });
  const chosen = status === null ? all : all.filter((one) => one.status === status);
  const size = pageSize < 1 ? usualSize : Math.min(pageSize, largestSize), pageCount = Math.max(1, Math.ceil(chosen.length / size));
  const number = Math.min(Math.max(1, page), pageCount), count = (wanted: ChannelStatus) => all.filter((one) => one.status === wanted).length;
  const nodes = chosen.slice((number - 1) * size, number * size);
  return Object.assign(answer, {
    nodes, previews: nodes.map((one) => credentials.previewOf(one)), total: chosen.length, page: number, pageSize: size, pageCount,
    enabledCount: count(ChannelStatus.ENABLED), disabledCount: count(ChannelStatus.DISABLED), autoDisabledCount: count(ChannelStatus.AUTO_DISABLED),
  });
}
