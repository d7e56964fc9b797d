/** A bulk that is done within its request leaves a job that is over, which holds what it can be taken back by. */
import type { Sql } from '../../database/sql.ts';
import type { Written } from '../../kernel/bulk.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { BulkKind } from './bulk-kind.ts';
import { heldOf, writeKept } from './write-kept.ts';

const begin = `insert into job (kind, input, status, requested_by_id, created_at, started_at, finished_at)
  values ($1, jsonb_build_object('ids', to_jsonb($2::int[]), 'change', $3::jsonb), 'SUCCEEDED', $4, $5, $5, $5) returning id`;

/** A bulk that changed nothing leaves none. */
const end = `with kept as (select count(*)::int as rows from bulk_row where job_id = $1), gone as (delete from job j using kept where j.id = $1 and kept.rows = 0)
  update job j set total = $2, done = $2, failed = $3, message = $4 from kept where j.id = $1 and kept.rows > 0 returning j.id`;

/** So many a caller can take back: who changes the same rows all day must not fill the disk with what they were. Those that a runner did stay longer, for their results. */
const mostKept = 50;
const forgetOlder = `delete from job where requested_by_id = $1 and kind = $2 and finished_at = created_at
  and id < (select min(id) from (select id from job where requested_by_id = $1 and kind = $2 order by id desc limit ${mostKept}) as newest)`;

interface Asked<Change> { rows: readonly number[]; change: Change; now: Date }

/** @returns with the number of its job, when there is something to take back */
export async function noteInline<Change>(sql: Sql, ctx: RequestContext, kind: BulkKind<Change>, { rows, change, now }: Asked<Change>): Promise<{ written: Written; jobId?: number }> {
  if (!heldOf(kind.kept, change)) return { written: await kind.write(sql, rows, change, now) };
  const [{ id: jobId } = { id: 0 }] = await sql<{ id: number }>(begin, [kind.name, rows, JSON.stringify(change), callerOf(ctx).userId, now]);
  const written = await writeKept(sql, kind, { jobId, rows, change, now }), failed = rows.length - written.done.length;
  const [kept] = await sql(end, [jobId, rows.length, failed, `${written.done.length} of ${rows.length} ${kind.outcome(change)}`]);
  await sql(forgetOlder, [callerOf(ctx).userId, kind.name]);
  return { written, ...(kept && { jobId }) };
}
