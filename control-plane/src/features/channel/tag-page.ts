/** Pages over tags: which ones, and the channels that carry them. */
import type { FilterObject } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { plainRows } from '../../database/plain-rows.ts';
import { checkPage, Count, CountPrecision, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { Channel } from './channel.entity.ts';

/** Channels of one page are at most this many, however many carry its tags. */
const mostChannels = 1_000;

export async function tagPage(em: EntityManager, where: FilterObject<Channel>, orderBy: object[], { first, offset, after }: PageArgs): Promise<Connection<Channel>> {
  checkPage({ first, offset, after });
  const tagged = { $and: [where, { tag: { $ne: null } }, { tag: { $ne: '' } }] } as FilterObject<Channel>;
  const rows = await em.createQueryBuilder(Channel).select('tag').where(tagged).groupBy('tag').orderBy({ tag: 'asc' }).limit(first + 1).offset(offset ?? 0).execute<{ tag: string }[]>();
  const tags = rows.slice(0, first).map(({ tag }) => tag);
  const nodes = await plainRows(em, Channel, { where: { $and: [where, { tag: { $in: tags } }] } as FilterObject<Channel>, orderBy, limit: mostChannels });
  return {
    nodes, pageInfo: { hasNextPage: rows.length > first, hasPreviousPage: (offset ?? 0) > 0, startCursor: null, endCursor: null },
    cursorOf: () => null,
    countRows: async () => {
      const counted = await em.fork().createQueryBuilder(Channel).select('tag').where(tagged).groupBy('tag').execute<unknown[]>();
      return new Count(BigInt(counted.length), CountPrecision.EXACT);
    },
  };
}
