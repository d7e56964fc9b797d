import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { User } from '../user/user.entity.ts';
import type { RedeemService } from './redeem.service.ts';
import { createBatch } from './redemption-batches.ts';
import type { RedemptionLists } from './redemption-list.ts';
import { redemptionRoutes } from './redemption-rest.ts';
import { Redemption, RedemptionStatus } from './redemption.entity.ts';
import { RedemptionBatchInput, RedemptionFilter, RedemptionOrder, RedemptionPatch } from './redemption.inputs.ts';
import { RedeemPayload, RedemptionBatchPayload, RedemptionBulkDeletePayload, RedemptionConnection, RedemptionPayload } from './redemption.payloads.ts';
import type { RedemptionService } from './redemption.service.ts';

/** Deleted users too: who made or redeemed a code does not change. */
async function loadUsers({ em }: RequestContext, ids: readonly number[]): Promise<(User | null)[]> {
  const found = new Map((await em.find(User, { id: { $in: [...ids] } })).map((user) => [user.id, user]));
  return ids.map((id) => found.get(id) ?? null);
}

@Resolver(() => Redemption)
export class RedemptionResolver {
  constructor(private readonly service: RedemptionService, private readonly lists: RedemptionLists, private readonly redeems: RedeemService) {}

  @Allow(Permission.REDEMPTION_READ)
  @Directive(redemptionRoutes.get)
  @Query(() => Redemption, { nullable: true })
  redemption(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<Redemption | null> {
    return this.service.find(ctx, id);
  }

  @Allow(Permission.REDEMPTION_READ)
  @Directive(redemptionRoutes.list)
  @Directive(redemptionRoutes.search)
  @Query(() => RedemptionConnection)
  redemptions(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RedemptionFilter, { nullable: true }) filter: RedemptionFilter | null,
    @Arg('orderBy', () => RedemptionOrder, { nullable: true }) orderBy: RedemptionOrder | null,
  ): Promise<Connection<Redemption>> {
    return this.lists.page(ctx, filter, orderBy, page);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Directive(redemptionRoutes.create)
  @Mutation(() => RedemptionBatchPayload, { description: 'The same key with the same input gives the same codes again; with another input it is refused.' })
  redemptionBatchCreate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RedemptionBatchInput) input: RedemptionBatchInput,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each batch.' }) idempotencyKey: string,
  ): Promise<RedemptionBatchPayload> {
    return createBatch(ctx, input, idempotencyKey);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Directive(redemptionRoutes.update)
  @Mutation(() => RedemptionPayload)
  redemptionUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => RedemptionPatch) input: RedemptionPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ): Promise<RedemptionPayload> {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Directive(redemptionRoutes.setStatus)
  @Mutation(() => RedemptionPayload, { description: 'ENABLED or DISABLED; only redeeming makes a code USED.' })
  redemptionSetStatus(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('status', () => RedemptionStatus) status: RedemptionStatus): Promise<RedemptionPayload> {
    return this.service.setStatus(ctx, id, status);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Directive(redemptionRoutes.delete)
  @Mutation(() => DeletePayload)
  redemptionDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<DeletePayload> {
    return this.service.delete(ctx, id);
  }

  @Allow(Permission.REDEMPTION_WRITE)
  @Directive(redemptionRoutes.deleteInvalid)
  @Mutation(() => RedemptionBulkDeletePayload, { description: 'Deletes the codes that are used, disabled or expired.' })
  redemptionDeleteInvalid(@Ctx() ctx: RequestContext): Promise<RedemptionBulkDeletePayload> {
    return this.service.deleteInvalid(ctx);
  }

  @AllowSelf()
  @Directive(redemptionRoutes.redeem)
  @Mutation(() => RedeemPayload, { description: 'Credits the caller\'s wallet. A code works once; the same key with the same code gives the first answer again. Failed tries are limited.' })
  redemptionRedeem(
    @Ctx() ctx: RequestContext,
    @Arg('code', () => String) code: string,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each code.' }) idempotencyKey: string,
  ): Promise<RedeemPayload> {
    return this.redeems.redeem(ctx, code, idempotencyKey);
  }

  @FieldResolver(() => User, { nullable: true })
  createdBy(@Root() code: Redemption, @Ctx() ctx: RequestContext): Promise<User | null> {
    return requestLoader(ctx, loadUsers).load(code.createdById);
  }

  @FieldResolver(() => User, { nullable: true })
  async redeemedBy(@Root() code: Redemption, @Ctx() ctx: RequestContext): Promise<User | null> {
    return code.redeemedById == null ? null : requestLoader(ctx, loadUsers).load(code.redeemedById);
  }
}
