/** One page of a table, by cursor or by offset, always ending its order with the id so that no row repeats or vanishes. */
import type { EntityManager, EntityName, FilterQuery, FindOptions } from '@mikro-orm/postgresql';
import { listName, type Cursors, type CursorValue, type Position } from './cursors.ts';
import { checkPage, Count, CountPrecision, SortDirection, type Connection, type PageArgs } from './page.ts';

const longestCount = 10_000;

export interface ListOrder<T> { property: keyof T & string; direction: SortDirection }

export interface List<T> {
  entity: EntityName<T>;
  where: FilterQuery<T>;
  order: ListOrder<T>;
  /** What the caller asked for, to tie cursors to it: the filter argument as it came. */
  asked: unknown;
}

/** Rows after the position. A null sorts last in both directions. The first condition says nothing new: an index can begin there. */
function beyond({ value, id }: Position, property: string, direction: SortDirection, isNullable: boolean): object {
  const isUp = direction === SortDirection.ASC, further = isUp ? '$gt' : '$lt', from = isUp ? '$gte' : '$lte';
  if (property === 'id') return { id: { [further]: id } };
  const tie = { [property]: value, id: { [further]: id } };
  if (value === null) return tie;
  const rest = [{ [property]: { [further]: value } }, tie];
  return isNullable ? { $or: [...rest, { [property]: null }] } : { [property]: { [from]: value }, $or: rest };
}

export async function listPage<T extends { id: number }>(em: EntityManager, cursors: Cursors, list: List<T>, args: PageArgs): Promise<Connection<T>> {
  checkPage(args);
  const { property, direction } = list.order;
  const name = listName(String((list.entity as { name?: string }).name), property, direction, list.asked ?? null);
  const after = args.after == null ? undefined : cursors.read(name, args.after);
  // Only where there are nulls: an index in the usual order serves both directions, but not this one.
  const isNullable = (em.getMetadata().get(list.entity).properties as Record<string, { nullable?: boolean } | undefined>)[property]?.nullable === true;
  const sort = `${direction.toLowerCase()}${isNullable ? ' nulls last' : ''}`;
  // The property is a key of T and the id exists: what the ORM's types cannot follow through the generic.
  const where = (after ? { $and: [list.where, beyond(after, property, direction, isNullable)] } : list.where) as FilterQuery<T>;
  const orderBy: object[] = [{ [property]: sort }, { id: direction.toLowerCase() }];
  const rows: T[] = await em.find(list.entity, where, { orderBy: orderBy as FindOptions<T>['orderBy'], limit: args.first + 1, offset: args.offset ?? undefined });
  const nodes = rows.slice(0, args.first);
  const cursorOf = (row: T | undefined) => row && cursors.write(name, { value: row[property] as CursorValue, id: row.id });
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > args.first, hasPreviousPage: after !== undefined || (args.offset ?? 0) > 0,
      startCursor: cursorOf(nodes[0]) ?? null, endCursor: cursorOf(nodes.at(-1)) ?? null,
    },
    countRows: () => countRows(em, list),
  };
}

/** Exact up to 10,000; counting further costs more than anybody gains. */
async function countRows<T extends { id: number }>(em: EntityManager, list: List<T>): Promise<Count> {
  const found = await em.fork().find(list.entity, list.where, { fields: ['id'], limit: longestCount + 1 } as never);
  return found.length > longestCount ? new Count(longestCount, CountPrecision.AT_LEAST) : new Count(found.length);
}

/** Text for a LIKE that means exactly these characters. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
