import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { Events } from '../../kernel/running/events.ts';
import { notFound, refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { Job } from './job.entity.ts';
import type { JobKind } from './job-kind.ts';
import type { JobList } from './job-list.ts';
import { jobChanged, type JobQueue, type NewJob } from './job-queue.ts';
import { JobPayload } from './job.types.ts';

const cancel = `update job set cancel_requested = true, status = case when status = 'QUEUED' then 'CANCELLED' else status end,
  finished_at = case when status = 'QUEUED' then $2::timestamptz end where id = $1 and status in ('QUEUED', 'RUNNING') returning id`;

export class JobService {
  constructor(private readonly queue: JobQueue, private readonly list: JobList, private readonly events: Events) {}

  /** The caller's job, or that one like it is under way. */
  async begin(ctx: RequestContext, kind: Pick<JobKind, 'name'>, job: Omit<NewJob, 'requestedById'>): Promise<JobPayload> {
    const made = await this.queue.add(ctx.em, kind, { ...job, requestedById: callerOf(ctx).userId });
    return made ? new JobPayload(made) : new JobPayload(null, [refusal(ctx, UserErrorCode.CONFLICT, 'job_running')]);
  }

  /** As `cancel`, for a feature that has found out whose it is. */
  async end(ctx: RequestContext, id: number): Promise<JobPayload> {
    const [row] = await sqlOf(ctx.em)(cancel, [id, ctx.clock.now()]), job = await ctx.em.findOneOrFail(Job, { id }, { refresh: true });
    if (!row) return new JobPayload(job, [refusal(ctx, UserErrorCode.NOT_ALLOWED, 'job_over', ['id'])]);
    this.events.publish(jobChanged(id), null);
    return new JobPayload(job);
  }

  /** One that runs ends after its present step. What it has done stays done. */
  async cancel(ctx: RequestContext, id: string): Promise<JobPayload> {
    const job = await this.list.one(ctx, id);
    if (!job) return new JobPayload(null, [notFound(ctx)]);
    return this.end(ctx, job.id);
  }
}
