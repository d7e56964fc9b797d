/** Partitions of the table `log`, one for each month, made ahead of time. */
import type { Sql } from '../../database/sql.ts';

const monthsAhead = 3;

/** First instant of the month that is `offset` months after the one of `at`, in UTC. */
const month = (at: Date, offset: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1));

/** One statement that makes the partitions of this month and the next three, as far as they are missing. */
export function partitionStatement(now: Date): string {
  const tables = Array.from({ length: monthsAhead + 1 }, (_, offset) => {
    const from = month(now, offset).toISOString(), to = month(now, offset + 1).toISOString();
    return `create table if not exists "log_${from.slice(0, 7).replace('-', '')}" partition of "log" for values from ('${from}') to ('${to}');`;
  });
  // The lock: "if not exists" alone lets two processes that start together collide.
  return `do $$ begin perform pg_advisory_xact_lock(hashtext('weir.log_partitions')); ${tables.join(' ')} end $$`;
}

/** Call at start and daily. A month never gets its partition late: rows would lie in the default one and block it. */
export async function makeLogPartitions(sql: Sql, now: Date): Promise<void> {
  await sql(partitionStatement(now));
}
