import { Arg, Ctx, Field, GraphQLISODateTime, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { BulkPayload, dryRunArgument, dryRunOfFilter } from '../../kernel/bulk.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import type { UserError } from '../../kernel/words/user-error.ts';
import { rowsOf, type BulkService } from '../bulk/bulk.service.ts';
import type { BulkUndoService } from '../bulk/bulk-undo.service.ts';
import { JobPayload } from '../job/job.types.ts';
import { tokenBulk, type TokenBulkChange } from './token-bulk.ts';
import { checkToken } from './token-check.ts';
import type { TokenLists } from './token-list.ts';
import { Token, TokenStatus } from './token.entity.ts';
import { TokenFilter } from './token.inputs.ts';

@InputType({ description: 'The same for many keys. What is absent stays as it is.' })
export class TokenBulkPatch {
  @Field(() => TokenStatus, { nullable: true, description: 'ENABLED or DISABLED. A key whose time or budget has run out is passed over.' })
  status?: TokenStatus | null;

  @Field(() => String, { nullable: true, description: 'Empty: the group of the owner.' })
  group?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never.' })
  expiresAt?: Date | null;

  @Field(() => [String], { nullable: true, description: 'Models that they may use. Null: all; an empty list: none.' })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Addresses or CIDRs that may use them; empty: any.' })
  allowIps?: string[] | null;
}

function changeOf(ownerId: number, { status, group, expiresAt, models, allowIps }: TokenBulkPatch): TokenBulkChange {
  return { ownerId, patch: {
    ...(status != null && { status: status as TokenBulkChange['patch']['status'] }), ...(group != null && { group }), ...(expiresAt !== undefined && { expiresAt: expiresAt?.toISOString() ?? null }),
    ...(models !== undefined && { models }), ...(allowIps != null && { allowIps: allowIps.map((text) => text.trim()) }),
  } };
}

async function check(ctx: RequestContext, ownerId: number, input: TokenBulkPatch): Promise<UserError[]> {
  const { status, ...rest } = input, faults = await checkToken(ctx, ownerId, rest);
  faults.unless(status == null || status === TokenStatus.ENABLED || status === TokenStatus.DISABLED, 'field_invalid', ['input', 'status'], undefined, { allowed: [TokenStatus.ENABLED, TokenStatus.DISABLED] });
  return faults.list;
}

@Resolver()
export class TokenBulkResolver {
  constructor(private readonly lists: TokenLists, private readonly bulk: BulkService, private readonly undoing: BulkUndoService) {}

  @AllowSelf()
  @Mutation(() => BulkPayload, { description: 'Own keys, at most 1,000, in one transaction.' })
  async tokenBulkUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('input', () => TokenBulkPatch) input: TokenBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
  ): Promise<BulkPayload> {
    const { userId } = callerOf(ctx), userErrors = await check(ctx, userId, input);
    return userErrors.length ? new BulkPayload(0, [], userErrors) : this.bulk.byIds(ctx, tokenBulk, ids, changeOf(userId, input), dryRun);
  }

  @AllowSelf()
  @Mutation(() => JobPayload, { description: 'Every own key of a filter, as a job. Refused when there are others than the caller saw: more than 1 percent or 10 rows.' })
  async tokenBulkUpdateWhere(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => TokenFilter) filter: TokenFilter,
    @Arg('expectedCount', () => Int) expectedCount: number,
    @Arg('input', () => TokenBulkPatch) input: TokenBulkPatch,
    @Arg('dryRun', () => Boolean, dryRunOfFilter) dryRun: boolean,
  ): Promise<JobPayload> {
    const { userId } = callerOf(ctx), userErrors = await check(ctx, userId, input);
    if (userErrors.length) return new JobPayload(null, userErrors);
    return this.bulk.byRows(ctx, tokenBulk, await rowsOf(ctx, Token, this.lists.whereOf(userId, filter)), { expectedCount, dryRun }, changeOf(userId, input));
  }

  @AllowSelf()
  @Mutation(() => JobPayload, { description: 'Puts own keys back as a bulk found them, within 24 hours of it, as a job. Those that were changed since stay, and are told in its results.' })
  tokenBulkUndo(@Ctx() ctx: RequestContext, @Arg('jobId', () => ID) jobId: string): Promise<JobPayload> {
    return this.undoing.undo(ctx, tokenBulk, jobId, (change) => (change.ownerId === callerOf(ctx).userId ? change : undefined));
  }
}
