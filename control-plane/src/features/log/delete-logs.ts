/** Deletes old rows: whole months by dropping their partition, the rest in small transactions that nobody waits for long. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { monthOf, rowPartitions } from './log-partitions.ts';

const batchRows = 10_000;

/**
 * Drops a partition with all its rows. Settlement writes to the log, so it may not wait behind a lock that is not to be had:
 * after a second the rows are deleted one by one instead.
 *
 * @returns the number of rows, undefined when the lock was not to be had
 */
async function dropMonth(em: EntityManager, table: string): Promise<number | undefined> {
  try {
    return await em.fork().transactional(async (inner) => {
      const sql = sqlOf(inner);
      const [rows] = await sql<{ count: number }>(`select count(*)::int as count from "${table}"`);
      await sql(`set local lock_timeout = '1s'`);
      await sql(`drop table "${table}"`);
      return rows!.count;
    });
  } catch (fault) {
    if (isLockTimeout(fault)) return undefined;
    throw fault;
  }
}

const isLockTimeout = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === '55P03';

/** By place in the table, which needs no sort and no index; rows of the log never change, so none moves meanwhile. */
const batchOf = (table: string) => `with gone as (delete from "${table}" where ctid = any(array(select ctid from "${table}" where created_at < $1 limit ${batchRows})) returning 1)
  select count(*)::int as count from gone`;

/**
 * Yields the number of rows of each transaction. Who stops in between leaves the rest as it is; beginning again is harmless.
 *
 * @param now the partition of its month and later ones stay: rows that found none would keep it from being made again
 */
export async function* deleteLogs(em: EntityManager, before: Date, now: Date): AsyncGenerator<number, void> {
  const sql = sqlOf(em.fork());
  for (const { table, until } of await rowPartitions(sql)) {
    const isWhole = until !== undefined && until <= before && until <= monthOf(now);
    const dropped = isWhole ? await dropMonth(em, table) : undefined;
    if (dropped !== undefined) { yield dropped; continue; }
    for (let size = batchRows; size === batchRows;) {
      size = (await sql<{ count: number }>(batchOf(table), [before]))[0]!.count;
      yield size;
    }
  }
}
