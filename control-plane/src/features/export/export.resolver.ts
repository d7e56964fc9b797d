import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { AllowSelf, Permission } from '../../kernel/permission.ts';
import { OfUsers } from '../../kernel/user-scope.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Job, JobStatus, progressOf } from '../job/job.entity.ts';
import { optionOf } from '../option/option-values.ts';
import { Export } from './export.entity.ts';
import type { ExportLinks } from './export-link.ts';
import type { ExportService } from './export.service.ts';
import { ExportConnection, ExportInput, ExportPayload } from './export.types.ts';

async function loadJobs({ em }: RequestContext, ids: readonly number[]): Promise<Job[]> {
  const found = new Map((await em.find(Job, { id: { $in: [...ids] } }, { refresh: true })).map((job) => [job.id, job]));
  return ids.map((id) => found.get(id)!);
}

/** The row may have been read before its job ended and the job afterwards: until the row tells its size, nobody is told of a file. */
const statusOf = ({ rows }: Export, { status }: Job): JobStatus => (status === JobStatus.SUCCEEDED && rows == null ? JobStatus.RUNNING : status);

const jobOf = (ctx: RequestContext, { jobId }: Export): Promise<Job> => requestLoader(ctx, loadJobs).load(jobId);

@Resolver(() => Export)
export class ExportResolver {
  constructor(private readonly service: ExportService, private readonly links: ExportLinks, private readonly publicUrl: string) {}

  @OfUsers()
  @AllowSelf(Permission.LOG_READ_ANY)
  @Query(() => ExportConnection, { description: 'The caller\'s exports that still have a file or are to get one, newest first.' })
  exports(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs) {
    return this.service.page(ctx, page);
  }

  @OfUsers()
  @AllowSelf(Permission.LOG_READ_ANY)
  @Mutation(() => ExportPayload, { description: 'Begins to write rows into a file, in the background. One export of a caller at a time.' })
  exportCreate(@Ctx() ctx: RequestContext, @Arg('input', () => ExportInput, { description: 'What to write.' }) input: ExportInput): Promise<ExportPayload> {
    return this.service.create(ctx, input);
  }

  @OfUsers()
  @AllowSelf(Permission.LOG_READ_ANY)
  @Mutation(() => ExportPayload, { description: 'Ends an export that is not made yet; what it has written is deleted.' })
  exportCancel(@Ctx() ctx: RequestContext, @Arg('id', () => ID, { description: 'Of one of the caller\'s exports.' }) id: string): Promise<ExportPayload> {
    return this.service.cancel(ctx, id);
  }

  @FieldResolver(() => Job, { description: 'The work that makes it.' })
  job(@Root() made: Export, @Ctx() ctx: RequestContext): Promise<Job> {
    return jobOf(ctx, made);
  }

  @FieldResolver(() => JobStatus, { description: 'Where its job stands. SUCCEEDED: the file can be fetched.' })
  async status(@Root() made: Export, @Ctx() ctx: RequestContext): Promise<JobStatus> {
    return statusOf(made, await jobOf(ctx, made));
  }

  @FieldResolver(() => Float, { description: 'How much of it is written, 0 to 1.' })
  async progress(@Root() made: Export, @Ctx() ctx: RequestContext): Promise<number> {
    return progressOf(await jobOf(ctx, made));
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why there is no file; null unless its job failed.' })
  async error(@Root() made: Export, @Ctx() ctx: RequestContext): Promise<string | null> {
    const { status, message } = await jobOf(ctx, made);
    return status === JobStatus.FAILED ? message ?? '' : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the file is, once it is made. The link is good until expiresAt, and only with a credential of who asked for it.' })
  async downloadUrl(@Root() made: Export, @Ctx() ctx: RequestContext): Promise<string | null> {
    return statusOf(made, await jobOf(ctx, made)) === JobStatus.SUCCEEDED ? `${(await optionOf(ctx, 'ServerAddress')) || this.publicUrl}${this.links.write(made)}` : null;
  }
}
