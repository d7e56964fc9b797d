/** The write of a bulk that remembers what it changed: before and after, row by row, in the same transaction. */
import type { Sql } from '../../database/sql.ts';
import type { Written } from '../../kernel/bulk.ts';
import type { BulkKind, Kept } from './bulk-kind.ts';

/** One JSON object of a row: its members as the patch has them. */
export function heldOf<Change>(kept: Kept<Change>, change: Change): string | undefined {
  const pairs = Object.entries(kept.members(change));
  return pairs.length ? `jsonb_build_object(${pairs.map(([member, column]) => `'${member}', ${column}`).join(', ')})` : undefined;
}

/** A batch that is done again after a crash keeps what was there before the first time. */
const remember = (table: string, held: string) => `insert into bulk_row (job_id, row_id, before, found, version)
  select $1, id, ${held}, version, version from ${table} where id = any($2::int[]) order by id for no key update on conflict do nothing`;

const compare = (table: string, held: string) => `update bulk_row b set after = now.held, version = now.version
  from (select id, ${held} as held, version from ${table} where id = any($2::int[])) as now where b.job_id = $1 and b.row_id = now.id`;

const forget = 'delete from bulk_row where job_id = $1 and row_id = any($2::int[]) and (after is null or after = before)';

export async function writeKept<Change>(sql: Sql, kind: BulkKind<Change>, { jobId, rows, change, now }: { jobId: number; rows: readonly number[]; change: Change; now: Date }): Promise<Written> {
  const { table } = kind.kept, held = heldOf(kind.kept, change);
  if (!held) return kind.write(sql, rows, change, now);
  await sql(remember(table, held), [jobId, rows]);
  const written = await kind.write(sql, rows, change, now);
  await sql(compare(table, held), [jobId, written.done]);
  await sql(forget, [jobId, rows]);
  return written;
}
