/** Pages, totals and single rows of the log, read by SQL: the ORM does not know the table. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { listName, type Cursors, type CursorValue, type Position } from '../../kernel/list/cursors.ts';
import { countWithin } from '../../kernel/list/count-within.ts';
import { checkPage, type Count, SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { conditionsOf, whereOf, type Condition, type LogScope } from './log-filter.ts';
import { LogOrderField, type LogFilter, type LogOrder } from './log.inputs.ts';
import { readRecords, type LogRecord } from './log-record.ts';
import { Log } from './log.type.ts';
import { withModelNames } from './model-names.ts';

const newestFirst: LogOrder = { field: LogOrderField.AT, direction: SortDirection.DESC };

const keys = {
  [LogOrderField.AT]: { column: 'created_at', read: ({ at }: LogRecord): CursorValue => at },
  [LogOrderField.QUOTA]: { column: 'quota', read: ({ quota }: LogRecord): CursorValue => quota },
} as const;

export interface LogAsk { scope: LogScope; filter: LogFilter; order: LogOrder | null }

async function countRows(em: EntityManager, conditions: readonly Condition[]): Promise<Count> {
  const { text, values } = whereOf(conditions);
  return countWithin(em, `select from log ${text}`, values);
}

interface Wanted { conditions: readonly Condition[]; column: string; direction: SortDirection; after: Position | undefined; limit: number; offset: number }

/** More are not asked one by one. */
const mostEach = 20;

/**
 * In the order of amounts the rows of several values are the first rows of each, merged: an index keeps those of one value in
 * order, and of several PostgreSQL would walk all amounts that there are.
 */
async function readPage(em: EntityManager, { conditions, column, direction, after, limit, offset }: Wanted): Promise<LogRecord[]> {
  const values: unknown[] = after ? [plain(after.value), after.id] : [], order = `order by ${column} ${direction}, seq ${direction}`;
  const beyond = after ? ` and (${column}, seq) ${direction === SortDirection.ASC ? '>' : '<'} ($1, $2)` : '';
  const restOf = (some: readonly Condition[]): string => {
    const where = whereOf(some, values.length);
    values.push(...where.values);
    return `${where.text}${beyond} ${order}`;
  };
  const spread = column === 'quota' ? conditions.find(({ each }) => each && each.length > 0 && each.length <= mostEach) : undefined;
  if (!spread) return readRecords(sqlOf(em), `${restOf(conditions)} limit ${limit} offset ${offset}`, values);
  const others = conditions.filter((one) => one !== spread);
  const parts = spread.each!.map((one) => `(select * from log ${restOf([...others, one])} limit ${limit + offset})`);
  return readRecords(sqlOf(em), `${order} limit ${limit} offset ${offset}`, values, `(${parts.join(' union all ')}) as log`);
}

export class LogList {
  constructor(private readonly cursors: Cursors) {}

  /** Rows in one order: by time or amount, and among equals by sequence. */
  async page(em: EntityManager, { scope, filter, order }: LogAsk, page: PageArgs): Promise<Connection<Log>> {
    checkPage(page);
    const { field, direction } = order ?? newestFirst, { column, read } = keys[field];
    const conditions = conditionsOf(await withModelNames(sqlOf(em), filter), scope), list = listName('log', scope, filter, field, direction);
    const after = page.after == null ? undefined : this.cursors.read(list, page.after);
    const rows = await readPage(em, { conditions, column, direction, after, limit: page.first + 1, offset: page.offset ?? 0 });
    const nodes = rows.slice(0, page.first);
    const cursorOf = (row: LogRecord | undefined) => (row ? this.cursors.write(list, { value: read(row), id: row.seq }) : null);
    return {
      nodes: nodes.map((row) => new Log(row)),
      pageInfo: {
        hasNextPage: rows.length > page.first, hasPreviousPage: after !== undefined || (page.offset ?? 0) > 0,
        startCursor: cursorOf(nodes[0]), endCursor: cursorOf(nodes.at(-1)),
      },
      cursorOf: (index) => cursorOf(nodes[index]),
      countRows: () => countRows(em.fork(), conditions),
    };
  }

  /** Null for a row that is not there, and for one of somebody else. */
  async one(em: EntityManager, seq: number, scope: LogScope): Promise<Log | null> {
    const { text, values } = whereOf(conditionsOf({ sequenceFrom: BigInt(seq), sequenceTo: BigInt(seq) }, scope));
    const [row] = await readRecords(sqlOf(em), text, values);
    return row ? new Log(row) : null;
  }
}

/** Big integers go to the driver as text. */
const plain = (value: CursorValue): unknown => (typeof value === 'bigint' ? String(value) : value);
