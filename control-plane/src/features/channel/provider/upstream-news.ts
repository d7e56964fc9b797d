/** Tells what is new since it was told last: once, in the transaction that notes that it was told. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import { roles } from '../../../kernel/permission.ts';
import { Channel } from '../channel.entity.ts';
import { diffOf } from './upstream-diff.ts';
import { UpstreamModels } from './upstream-models.entity.ts';

interface News { readonly name: string; readonly added: readonly string[]; readonly removed: readonly string[] }

const longest = 2_000;
/** Administrators who want to hear of it (semantics 8.5). */
const tell = `insert into notification (user_id, kind, facts, created_at, next_try_at)
  select u.id, 'UPSTREAM_MODELS', $1::jsonb, $2, $2 from user_account u join notify_setting s on s.user_id = u.id where u.role >= $3 and u.deleted_at is null and s.upstream_model_updates`;

/** @returns of how many channels there was something to tell */
export async function tellUpstreamNews(em: EntityManager, ids: readonly number[], now: Date): Promise<number> {
  return em.fork().transactional(async (inner) => {
    const told = await inner.find(UpstreamModels, { channelId: { $in: [...ids] } }, { orderBy: { channelId: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
    const channels = new Map((await inner.find(Channel, { id: { $in: told.map(({ channelId }) => channelId) } })).map((channel) => [channel.id, channel]));
    const news = told.flatMap((upstream) => newsOf(channels.get(upstream.channelId), upstream));
    await inner.flush();
    if (news.length > 0) await sqlOf(inner)(tell, [JSON.stringify(factsOf(news)), now, roles.admin]);
    return news.length;
  });
}

/** A difference that went away and comes back is news again. */
function newsOf(channel: Channel | undefined, upstream: UpstreamModels): News[] {
  if (!channel) return [];
  const { added, removed } = diffOf(channel, upstream), known = new Set(upstream.told);
  const news = { name: channel.name, added: added.filter((model) => !known.has(`+${model}`)), removed: removed.filter((model) => !known.has(`-${model}`)) };
  upstream.told = [...added.map((model) => `+${model}`), ...removed.map((model) => `-${model}`)];
  return news.added.length + news.removed.length > 0 ? [news] : [];
}

const lineOf = ({ name, added, removed }: News): string => `${name}: ${[...added.map((model) => `+ ${model}`), ...removed.map((model) => `− ${model}`)].join(', ')}`;

function factsOf(news: readonly News[]): Record<string, string> {
  const count = (of: 'added' | 'removed'): string => String(news.reduce((sum, one) => sum + one[of].length, 0)), list = news.map(lineOf).join('\n');
  return { channels: String(news.length), added: count('added'), removed: count('removed'), list: list.length > longest ? `${list.slice(0, longest)} …` : list };
}
