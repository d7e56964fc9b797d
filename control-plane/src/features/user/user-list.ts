import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { whereReached } from '../../kernel/user-scope.ts';
import { remembered } from './forget-user.ts';
import { User } from './user.entity.ts';
import { UserOrderField, type UserFilter, type UserOrder } from './user.inputs.ts';

const properties = {
  [UserOrderField.ID]: 'id', [UserOrderField.USERNAME]: 'username', [UserOrderField.CREATED_AT]: 'createdAt',
  [UserOrderField.USED_QUOTA]: 'usedQuota', [UserOrderField.REQUEST_COUNT]: 'requestCount',
} as const satisfies Record<UserOrderField, keyof User>;

function usersWhere(filter: UserFilter): FilterQuery<User> {
  const all: FilterQuery<User>[] = [filter.includeDeleted ? remembered : { deletedAt: null }];
  const search = filter.search?.trim();
  if (search) {
    const like = { $ilike: likeText(search) };
    const byId = /^[1-9]\d{0,8}$/.test(search) ? [{ id: Number(search) }] : [];
    all.push({ $or: [{ username: like }, { displayName: like }, { email: like }, ...byId] });
  }
  if (filter.username?.trim()) all.push({ username: { $ilike: likeText(filter.username.trim()) } });
  if (filter.statuses) all.push({ status: { $in: filter.statuses } });
  if (filter.roles) all.push({ role: { $in: filter.roles } });
  if (filter.groups) all.push({ group: { $in: filter.groups } });
  return { $and: all };
}

/** Those of the filter whom the caller may reach. */
export const usersReached = (ctx: RequestContext, filter: UserFilter): FilterQuery<User> => ({ $and: [usersWhere(filter), whereReached(ctx, 'id')] });

export function listUsers(ctx: RequestContext, cursors: Cursors, filter: UserFilter | null, order: UserOrder | null, args: PageArgs): Promise<Connection<User>> {
  const { field, direction } = order ?? { field: UserOrderField.ID, direction: SortDirection.DESC };
  return listPage(ctx.em, cursors, { entity: User, where: usersReached(ctx, filter ?? {}), order: { property: properties[field], direction }, asked: filter, searches: Boolean(filter?.search?.trim() || filter?.username?.trim()) }, args);
}
