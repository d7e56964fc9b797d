import { Arg, Ctx, Field, GraphQLISODateTime, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { BulkPayload, dryRunArgument, dryRunOfFilter } from '../../kernel/bulk.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import type { UserError } from '../../kernel/words/user-error.ts';
import { rowsOf, type BulkService } from '../bulk/bulk.service.ts';
import type { BulkUndoService } from '../bulk/bulk-undo.service.ts';
import { JobPayload } from '../job/job.types.ts';
import { redemptionBulk, type RedemptionBulkChange } from './redemption-bulk.ts';
import { checkRedemption } from './redemption-check.ts';
import { redemptionsWhere } from './redemption-list.ts';
import { Redemption, RedemptionStatus } from './redemption.entity.ts';
import { RedemptionFilter } from './redemption.inputs.ts';

@InputType({ description: 'The same for many codes. What is absent stays as it is.' })
export class RedemptionBulkPatch {
  @Field(() => RedemptionStatus, { nullable: true, description: 'ENABLED or DISABLED; only redeeming makes a code USED.' })
  status?: RedemptionStatus | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never. Not in the past.' })
  expiresAt?: Date | null;
}

const changeOf = ({ status, expiresAt }: RedemptionBulkPatch): RedemptionBulkChange => ({ patch: {
  ...(status != null && status !== RedemptionStatus.USED && { status }), ...(expiresAt !== undefined && { expiresAt: expiresAt?.toISOString() ?? null }),
} });

function check(ctx: RequestContext, { status, expiresAt }: RedemptionBulkPatch): UserError[] {
  const faults = checkRedemption(ctx, { expiresAt });
  faults.unless(status !== RedemptionStatus.USED, 'field_invalid', ['input', 'status'], undefined, { allowed: [RedemptionStatus.ENABLED, RedemptionStatus.DISABLED] });
  return faults.list;
}

const where = 'Every code of a filter, at most 100,000, as a job. Refused when there are others than the caller saw: more than 1 percent or 10 rows.';

@Resolver()
export class RedemptionBulkResolver {
  constructor(private readonly bulk: BulkService, private readonly undoing: BulkUndoService) {}

  @Allow(Permission.REDEMPTION_WRITE)
  @Mutation(() => BulkPayload, { description: 'At most 1,000 codes, in one transaction. Used ones are passed over.' })
  async redemptionBulkUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('input', () => RedemptionBulkPatch) input: RedemptionBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
  ): Promise<BulkPayload> {
    const userErrors = check(ctx, input);
    return userErrors.length ? new BulkPayload(0, [], userErrors) : this.bulk.byIds(ctx, redemptionBulk, ids, changeOf(input), dryRun);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Mutation(() => JobPayload, { description: `${where} Used ones are passed over.` })
  async redemptionBulkUpdateWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => RedemptionFilter) filter: RedemptionFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('input', () => RedemptionBulkPatch) input: RedemptionBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ): Promise<JobPayload> {
    const userErrors = check(ctx, input);
    if (userErrors.length) return new JobPayload(null, userErrors);
    return this.bulk.byRows(ctx, redemptionBulk, await rowsOf(ctx, Redemption, redemptionsWhere(filter)), { expectedCount, dryRun }, changeOf(input));
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Mutation(() => JobPayload, { description: 'Puts codes back as a bulk of the caller found them, within 24 hours of it, as a job: of others too with SYSTEM_READ. Those that were changed since stay, and are told in its results.' })
  redemptionBulkUndo(@Ctx() ctx: RequestContext, @Arg('jobId', () => ID) jobId: string): Promise<JobPayload> {
    return this.undoing.undo(ctx, redemptionBulk, jobId);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Mutation(() => BulkPayload, { description: 'At most 1,000 codes, in one transaction.' })
  redemptionBulkDelete(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID]) ids: string[], @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean): Promise<BulkPayload> {
    return this.bulk.byIds(ctx, redemptionBulk, ids, { patch: null }, dryRun);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Mutation(() => JobPayload, { description: where })
  async redemptionBulkDeleteWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => RedemptionFilter) filter: RedemptionFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ): Promise<JobPayload> {
    return this.bulk.byRows(ctx, redemptionBulk, await rowsOf(ctx, Redemption, redemptionsWhere(filter)), { expectedCount, dryRun }, { patch: null });
  }
}
