import { sqlOf, type Sql } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Permission } from '../../kernel/permission.ts';
import { readId } from '../../kernel/typed-id.ts';
import { notFound, refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { isOver, type JobStatus } from '../job/job.entity.ts';
import type { JobService } from '../job/job.service.ts';
import { JobPayload } from '../job/job.types.ts';
import type { BulkKind } from './bulk-kind.ts';
import { undoName } from './bulk-undo.job.ts';

/** For so long after its end a bulk can be taken back (graphql-design 11). */
const undoMs = 24 * 60 * 60_000;

export const undoUntil = (finishedAt: Date): Date => new Date(finishedAt.getTime() + undoMs);

interface Done { status: JobStatus; change: string; finishedMs: number | null; requestedById: number | null; rows: number }

const statement = `select status, (input -> 'change')::text as change, (extract(epoch from finished_at) * 1000)::float8 as "finishedMs", requested_by_id as "requestedById",
  (select count(*)::int from bulk_row where job_id = job.id) as rows from job where id = $1 and kind = $2`;

export class BulkUndoService {
  constructor(private readonly jobs: JobService) {}

  /** @param asNow the change as this caller may make it; undefined when it is not theirs to take back */
  async undo<Change>(ctx: RequestContext, kind: BulkKind<Change>, id: string, asNow: (change: Change) => Change | undefined = (change) => change): Promise<JobPayload> {
    const jobId = readId('job', id), { userId, permissions } = callerOf(ctx), [done] = await sqlOf(ctx.em)<Done>(statement, [jobId, kind.name]);
    const isVisible = done && (done.requestedById === userId || permissions.includes(Permission.SYSTEM_READ));
    const change = isVisible ? asNow(kind.change.parse(JSON.parse(done.change))) : undefined;
    if (!done || change === undefined) return new JobPayload(null, [notFound(ctx, ['jobId'])]);
    if (!isOver(done.status)) return new JobPayload(null, [refusal(ctx, UserErrorCode.CONFLICT, 'job_running', ['jobId'])]);
    const isLate = undoUntil(new Date(done.finishedMs ?? 0)) <= ctx.clock.now();
    if (isLate || done.rows === 0) return new JobPayload(null, [refusal(ctx, UserErrorCode.NOT_ALLOWED, 'nothing_to_undo', ['jobId'])]);
    return this.jobs.begin(ctx, { name: undoName(kind) }, { input: { jobId, change }, total: done.rows, exclusiveKey: `undo:${jobId}` });
  }
}

/** What cannot be put back any more. */
export const forgetBulks = (sql: Sql, now: Date): Promise<unknown> =>
  sql('delete from bulk_row b using job j where j.id = b.job_id and j.finished_at <= $1', [new Date(now.getTime() - undoMs)]);
