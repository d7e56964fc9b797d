import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { BulkPayload, dryRunArgument, dryRunOfFilter } from '../../kernel/bulk.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import type { BulkKind } from '../bulk/bulk-kind.ts';
import { rowsOf, type BulkService } from '../bulk/bulk.service.ts';
import type { BulkUndoService } from '../bulk/bulk-undo.service.ts';
import { OfUsers, reaches } from '../../kernel/user-scope.ts';
import { JobPayload } from '../job/job.types.ts';
import type { UserBulkChange } from './user-bulk.ts';
import { checkUser } from './user-check.ts';
import { usersReached } from './user-list.ts';
import { User, UserStatus } from './user.entity.ts';
import { UserFilter } from './user.inputs.ts';

@InputType({ description: 'The same for many users. What is absent stays as it is.' })
export class UserBulkPatch {
  @Field(() => UserStatus, { nullable: true, description: 'Disabling ends their sessions and the use of their keys at once.' })
  status?: UserStatus | null;

  @Field(() => String, { nullable: true })
  group?: string | null;
}

const changeOf = (ctx: RequestContext, { status, group }: UserBulkPatch): UserBulkChange =>
  ({ actorRole: callerOf(ctx).role, patch: { ...(status != null && { status }), ...(group != null && { group }) } });

@Resolver()
export class UserBulkResolver {
  constructor(private readonly kind: BulkKind<UserBulkChange>, private readonly bulk: BulkService, private readonly undoing: BulkUndoService) {}

  /** Of a key that is limited to users, the others are not there. */
  private kindFor(ctx: RequestContext): BulkKind<UserBulkChange> {
    return { ...this.kind, write: (sql, rows, ...rest) => this.kind.write(sql, rows.filter((id) => reaches(ctx, id)), ...rest) };
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Mutation(() => BulkPayload, { description: 'At most 1,000 users, in one transaction. Those of the own role and above are passed over.' })
  async userBulkUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('input', () => UserBulkPatch) input: UserBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
  ): Promise<BulkPayload> {
    const faults = await checkUser(ctx, { group: input.group });
    return faults.any ? new BulkPayload(0, [], faults.list) : this.bulk.byIds(ctx, this.kindFor(ctx), ids, changeOf(ctx, input), dryRun);
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Mutation(() => JobPayload, { description: 'Every user of a filter, at most 100,000, as a job. Refused when there are others than the caller saw: more than 1 percent or 10 rows.' })
  async userBulkUpdateWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => UserFilter) filter: UserFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('input', () => UserBulkPatch) input: UserBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ): Promise<JobPayload> {
    const faults = await checkUser(ctx, { group: input.group });
    if (faults.any) return new JobPayload(null, faults.list);
    return this.bulk.byRows(ctx, this.kind, await rowsOf(ctx, User, usersReached(ctx, filter)), { expectedCount, dryRun }, changeOf(ctx, input));
  }

  @Allow(Permission.USER_WRITE)
  @Mutation(() => JobPayload, { description: 'Puts users back as a bulk of the caller found them, within 24 hours of it, as a job: of others too with SYSTEM_READ. Sessions that it ended stay ended. Users who were changed since, or are not below the caller, stay as they are, and are told in its results.' })
  userBulkUndo(@Ctx() ctx: RequestContext, @Arg('jobId', () => ID) jobId: string): Promise<JobPayload> {
    return this.undoing.undo(ctx, this.kind, jobId, (change) => ({ ...change, actorRole: callerOf(ctx).role }));
  }
}
