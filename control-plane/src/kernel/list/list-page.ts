/** One page of a table, by cursor or by offset, always ending its order with the id so that no row repeats or vanishes. */
import { raw, type EntityManager, type EntityName, type FilterQuery, type FindOptions } from '@mikro-orm/postgresql';
import { listName, type Cursors, type CursorValue, type Position } from './cursors.ts';
import { countWithin } from './count-within.ts';
import { checkPage, SortDirection, type Connection, type Count, type PageArgs } from './page.ts';

export interface ListOrder<T> { property: keyof T & string; direction: SortDirection }

export interface List<T> {
  entity: EntityName<T>;
  where: FilterQuery<T>;
  order: ListOrder<T>;
  /** What the caller asked for, to tie cursors to it: the filter argument as it came. */
  asked: unknown;
  /** Text is looked for: what is found may stand far apart, or be nothing. */
  searches?: boolean;
}

/**
 * Fewer rows than this are never asked for in a search. For two rows PostgreSQL would rather walk a million in their order, hoping
 * to meet them soon, than ask the index of texts.
 */
const leastSearched = 100;

interface Sort { property: string; column: string; direction: SortDirection; isNullable: boolean }

/** Big integers go to the driver as text. */
const plain = (value: CursorValue): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Rows after the position. A null sorts last in both directions; where there are none, one comparison that an index answers. */
function beyond({ value, id }: Position, { property, column, direction, isNullable }: Sort): object {
  const further = direction === SortDirection.ASC ? '$gt' : '$lt';
  if (property === 'id') return { id: { [further]: id } };
  if (!isNullable) return { [raw((alias) => `(${alias}."${column}", ${alias}."id")`)]: { [further]: raw('(?, ?)', [plain(value), id]) } };
  const tie = { [property]: value, id: { [further]: id } };
  return value === null ? tie : { $or: [{ [property]: { [further]: value } }, tie, { [property]: null }] };
}

export async function listPage<T extends { id: number }>(em: EntityManager, cursors: Cursors, list: List<T>, args: PageArgs): Promise<Connection<T>> {
  checkPage(args);
  const { property, direction } = list.order;
  const name = listName(String((list.entity as { name?: string }).name), property, direction, list.asked ?? null);
  const after = args.after == null ? undefined : cursors.read(name, args.after);
  // Only where there are nulls: an index in the usual order serves both directions, but not this one.
  const known = (em.getMetadata().get(list.entity).properties as Record<string, { nullable?: boolean; fieldNames: string[] }>)[property]!;
  const isNullable = known.nullable === true, sort = `${direction.toLowerCase()}${isNullable ? ' nulls last' : ''}`;
  // The property is a key of T and the id exists: what the ORM's types cannot follow through the generic.
  const where = (after ? { $and: [list.where, beyond(after, { property, column: known.fieldNames[0]!, direction, isNullable })] } : list.where) as FilterQuery<T>;
  const orderBy: object[] = [{ [property]: sort }, { id: direction.toLowerCase() }];
  const rows: T[] = await em.find(list.entity, where, { orderBy: orderBy as FindOptions<T>['orderBy'], limit: Math.max(args.first, list.searches ? leastSearched : 0) + 1, offset: args.offset ?? undefined });
  const nodes = rows.slice(0, args.first);
  const cursorOf = (row: T | undefined) => row && cursors.write(name, { value: row[property] as CursorValue, id: row.id });
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > args.first, hasPreviousPage: after !== undefined || (args.offset ?? 0) > 0,
      startCursor: cursorOf(nodes[0]) ?? null, endCursor: cursorOf(nodes.at(-1)) ?? null,
    },
    cursorOf: (index) => cursorOf(nodes[index]) ?? null,
    countRows: () => countRows(em, list),
  };
}

const countRows = <T extends { id: number }>(em: EntityManager, list: List<T>): Promise<Count> =>
  countWithin(em, em.fork().createQueryBuilder(list.entity as EntityName<object>).select('id' as never).where(list.where as never).getFormattedQuery());

/** Text for a LIKE that means exactly these characters. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
