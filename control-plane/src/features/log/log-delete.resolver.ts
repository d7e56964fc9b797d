import { Arg, Ctx, Directive, Field, GraphQLISODateTime, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { isOver, Job } from '../job/job.entity.ts';
import type { JobRunner } from '../job/job-runner.ts';
import type { JobService } from '../job/job.service.ts';
import { logDeleteJob } from './log-delete.job.ts';
import { logRoutes } from './log-rest.ts';

/** Most deletions are over by then; the REST caller gets their number. */
const patienceMs = 20_000;

@ObjectType()
export class LogsDeletePayload {
  @Field(() => Int, { description: 'Rows that are gone by now.' })
  deleted!: number;

  @Field(() => Boolean, { description: 'False while the job goes on.' })
  complete!: boolean;

  @Field(() => Job, { nullable: true })
  job!: Job | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver()
export class LogDeleteResolver {
  constructor(private readonly jobs: JobService, private readonly runner: JobRunner) {}

  @Allow(Permission.LOG_DELETE)
  @StepUp()
  @Directive(logRoutes.delete)
  @Mutation(() => LogsDeletePayload, { description: 'Deletes the rows that are older, for good, as a job, and notes that in the log. Charges and balances do not change.' })
  async logsDelete(@Ctx() ctx: RequestContext, @Arg('before', () => GraphQLISODateTime) before: Date): Promise<LogsDeletePayload> {
    const { job, userErrors } = await this.jobs.begin(ctx, logDeleteJob, { input: { before: before.toISOString() }, exclusiveKey: logDeleteJob.name });
    if (!job) return { deleted: 0, complete: false, job, userErrors };
    await this.runner.runHere(job.id, patienceMs);
    await ctx.em.refresh(job);
    return { deleted: job.done, complete: isOver(job.status), job, userErrors };
  }
}
