/** Partitions of the tables that grow with time, one for each month, made ahead of time. */
import type { Sql } from '../../database/sql.ts';

const monthsAhead = 3;

/** First instant of the month that is `offset` months after the one of `at`, in UTC. */
const month = (at: Date, offset: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1));

/** One statement that makes a table's partitions of this month and the next three, as far as they are missing. */
export function partitionStatement(now: Date, table = 'log'): string {
  const tables = Array.from({ length: monthsAhead + 1 }, (_, offset) => {
    const from = month(now, offset).toISOString(), to = month(now, offset + 1).toISOString();
    return `create table if not exists "${table}_${from.slice(0, 7).replace('-', '')}" partition of "${table}" for values from ('${from}') to ('${to}');`;
  });
  // The lock: "if not exists" alone lets two processes that start together collide.
  return `do $$ begin perform pg_advisory_xact_lock(hashtext('weir.log_partitions')); ${tables.join(' ')} end $$`;
}

/** Call at start and daily. A month never gets its partition late: rows would lie in the default one and block it. */
export async function makeLogPartitions(sql: Sql, now: Date): Promise<void> {
  for (const table of ['log', 'usage_hour']) await sql(partitionStatement(now, table));
}

/** First instant of the month of `at`, in UTC. */
export const monthOf = (at: Date): Date => month(at, 0);

export interface LogPartition {
  table: string;
  /** End of its month; undefined for the one that takes all other rows. */
  until: Date | undefined;
}

/** All partitions that there are, the oldest first and the default one last. */
export async function rowPartitions(sql: Sql): Promise<LogPartition[]> {
  const rows = await sql<{ name: string }>(`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'log'::regclass order by c.relname`);
  return rows.map(({ name: table }) => {
    const [, year, monthNumber] = /^log_(\d{4})(\d{2})$/.exec(table) ?? [];
    return { table, until: year === undefined ? undefined : new Date(Date.UTC(Number(year), Number(monthNumber), 1)) };
  });
}
