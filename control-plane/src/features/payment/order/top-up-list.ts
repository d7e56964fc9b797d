import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../../kernel/context.ts';
import type { Cursors } from '../../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../../kernel/list/page.ts';
import { whereReached } from '../../../kernel/user-scope.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { TopUp } from './top-up.entity.ts';
import type { TopUpFilter } from './top-up.inputs.ts';

function whereOf({ search, userId, providers, statuses }: TopUpFilter): FilterQuery<TopUp> {
  const all: FilterQuery<TopUp>[] = [];
  if (search?.trim()) all.push({ tradeNo: { $ilike: likeText(search.trim()) } });
  if (userId != null) all.push({ userId: readId('user', userId) });
  if (providers) all.push({ provider: { $in: providers } });
  if (statuses) all.push({ status: { $in: statuses } });
  return { $and: all };
}

/** Orders, newest first. */
export class TopUpList {
  constructor(private readonly cursors: Cursors) {}

  page(ctx: RequestContext, filter: TopUpFilter, args: PageArgs): Promise<Connection<TopUp>> {
    return listPage(ctx.em, this.cursors, { entity: TopUp, where: { $and: [whereOf(filter), whereReached(ctx, 'userId')] }, order: { property: 'id', direction: SortDirection.DESC }, asked: filter }, args);
  }
}
