import { GraphQLError } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { AllowSelf, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { boundLater, subscribedBy } from '../../kernel/running/subscribed-by.ts';
import { User } from '../user/user.entity.ts';
import type { JobList } from './job-list.ts';
import { JobProgress, type ProgressRoom } from './job-progress.ts';
import { Job, progressOf } from './job.entity.ts';
import type { JobService } from './job.service.ts';
import { JobConnection, JobFilter, JobPayload, JobResultConnection } from './job.types.ts';

async function loadUsers({ em }: RequestContext, ids: readonly number[]): Promise<(User | null)[]> {
  const found = new Map((await em.find(User, { id: { $in: [...ids] } })).map((user) => [user.id, user]));
  return ids.map((id) => found.get(id) ?? null);
}

@Resolver(() => Job)
export class JobResolver {
  constructor(private readonly service: JobService, private readonly list: JobList, private readonly room: ProgressRoom) {}

  @AllowSelf(Permission.SYSTEM_READ)
  @Query(() => Job, { nullable: true, description: 'Own jobs; any one with the permission SYSTEM_READ.' })
  job(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.list.one(ctx, id);
  }

  @AllowSelf(Permission.SYSTEM_READ)
  @Query(() => JobConnection, { description: 'Own jobs, newest first; all of them with the permission SYSTEM_READ.' })
  jobs(@Ctx() ctx: RequestContext, @Arg('filter', () => JobFilter, { nullable: true }) filter: JobFilter | null, @Args(() => PageArgs) page: PageArgs) {
    return this.list.page(ctx, filter ?? {}, page);
  }

  @AllowSelf(Permission.SYSTEM_READ)
  @Mutation(() => JobPayload, { description: 'What it has done stays done.' })
  jobCancel(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.cancel(ctx, id);
  }

  @AllowSelf(Permission.SYSTEM_READ)
  @subscribedBy('follow')
  @Subscription(() => Job, { subscribe: boundLater, description: 'The job as it is now and after each change, at most five times a second. Ends when it is over.' })
  jobProgress(@Root() job: Job, @Arg('id', () => ID) _id: string): Job {
    return job;
  }

  async follow(ctx: RequestContext, { id }: { id: string }): Promise<JobProgress> {
    const job = await this.list.one(ctx, id);
    if (!job) throw new GraphQLError('There is no such job', { extensions: { code: 'NOT_FOUND' } });
    return new JobProgress(job.id, this.room);
  }

  @FieldResolver(() => Float, { description: '0 to 1.' })
  progress(@Root() job: Job): number {
    return progressOf(job);
  }

  @FieldResolver(() => JobResultConnection, { description: 'Outcomes of its steps, in their order.' })
  results(@Root() job: Job, @Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('failedOnly', () => Boolean, { defaultValue: false }) failedOnly: boolean) {
    return this.list.results(ctx, job, failedOnly, page);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Null: the system itself.' })
  requestedBy(@Root() job: Job, @Ctx() ctx: RequestContext): Promise<User | null> | null {
    return job.requestedById == null ? null : requestLoader(ctx, loadUsers).load(job.requestedById);
  }
}
