/** Pages, totals and single rows of the log, read by SQL: the ORM does not know the table. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { listName, type Cursors, type CursorValue } from '../../kernel/list/cursors.ts';
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

export class LogList {
  constructor(private readonly cursors: Cursors) {}

  /** Rows in one order: by time or amount, and among equals by sequence. */
  async page(em: EntityManager, { scope, filter, order }: LogAsk, page: PageArgs): Promise<Connection<Log>> {
    checkPage(page);
    const { field, direction } = order ?? newestFirst, { column, read } = keys[field];
    const conditions = conditionsOf(await withModelNames(sqlOf(em), filter), scope), list = listName('log', scope, filter, field, direction);
    const { text, values } = whereOf(conditions);
    const after = page.after == null ? undefined : this.cursors.read(list, page.after);
    const sign = direction === SortDirection.ASC ? '>' : '<';
    const beyond = after ? ` and (${column}, seq) ${sign} ($${values.length + 1}, $${values.length + 2})` : '';
    const tail = `${text}${beyond} order by ${column} ${direction}, seq ${direction} limit ${page.first + 1} offset ${page.offset ?? 0}`;
    const rows = await readRecords(sqlOf(em), tail, after ? [...values, plain(after.value), after.id] : values);
    const nodes = rows.slice(0, page.first);
    const cursorOf = (row: LogRecord | undefined) => (row ? this.cursors.write(list, { value: read(row), id: row.seq }) : null);
    return {
      nodes: nodes.map((row) => new Log(row)),
      pageInfo: {
        hasNextPage: rows.length > page.first, hasPreviousPage: after !== undefined || (page.offset ?? 0) > 0,
        startCursor: cursorOf(nodes[0]), endCursor: cursorOf(nodes.at(-1)),
      },
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
