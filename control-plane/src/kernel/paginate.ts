/** One page of an entity's rows, by cursor or by offset (graphql-design 4). The order always ends with the id. */
import type { EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Cursors, listScope, type CursorValue } from './cursor.ts';
import { checkPage, Count, SortDirection, type Connection, type PageArgs } from './page.ts';

/** Order keys must be columns that are never null: a null has no place in a keyset. */
export interface SortKey<T> { key: keyof T & string; direction: SortDirection }

export interface Listing<T> {
  entity: EntityName<T>;
  /** Everything that decides which rows the caller may see and asked for. It is part of the cursor. */
  where: FilterQuery<T>;
  orderBy: readonly SortKey<T>[];
  page: PageArgs;
}

/** Rows behind the cursor: (a, b, id) beyond (x, y, z) in the directions of the keys. */
function beyond<T>(keys: readonly SortKey<T>[], values: readonly CursorValue[]): FilterQuery<T> {
  const branches = keys.map(({ key, direction }, last) => {
    const equal = keys.slice(0, last).map((earlier, index) => [earlier.key, values[index]] as const);
    return Object.fromEntries([...equal, [key, { [direction === SortDirection.ASC ? '$gt' : '$lt']: values[last] }]]);
  });
  return { $or: branches } as FilterQuery<T>;
}

export async function paginate<T extends { id: number }>(em: EntityManager, cursors: Cursors, listing: Listing<T>): Promise<Connection<T>> {
  const { entity, where, page } = listing;
  checkPage(page);
  const keys: SortKey<T>[] = [...listing.orderBy, { key: 'id', direction: listing.orderBy.at(-1)?.direction ?? SortDirection.DESC }];
  const scope = listScope(String((entity as { name?: string }).name), where, keys);
  const after = page.after == null ? undefined : cursors.read(scope, page.after);
  const rows = await em.find(entity, (after ? { $and: [where, beyond(keys, after)] } : where) as FilterQuery<T>, {
    orderBy: keys.map(({ key, direction }) => ({ [key]: direction })) as QueryOrderMap<T>[],
    limit: page.first + 1, offset: page.offset ?? 0,
  });
  const nodes = rows.slice(0, page.first) as T[];
  const cursorOf = (row: T | undefined) => (row ? cursors.write(scope, keys.map(({ key }) => row[key] as CursorValue)) : null);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: after !== undefined || (page.offset ?? 0) > 0,
      startCursor: cursorOf(nodes[0]), endCursor: cursorOf(nodes.at(-1)),
    },
    countRows: async () => new Count(await em.fork().count(entity, where)),
  };
}
