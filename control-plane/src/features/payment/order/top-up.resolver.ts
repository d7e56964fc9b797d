import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { PageArgs, type Connection } from '../../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../../kernel/permission.ts';
import { StepUp } from '../../../kernel/step-up.ts';
import { OfUsers } from '../../../kernel/user-scope.ts';
import { typedId } from '../../../kernel/typed-id.ts';
import { Viewer } from '../../viewer/viewer.type.ts';
import type { CheckoutService } from './checkout.service.ts';
import type { TopUpCompleteService } from './top-up-complete.service.ts';
import type { TopUpList } from './top-up-list.ts';
import type { TopUpMenu } from './top-up-menu.ts';
import { topUpRoutes } from './top-up-rest.ts';
import { TopUp } from './top-up.entity.ts';
import { TopUpCreateInput, TopUpFilter, TopUpQuoteInput } from './top-up.inputs.ts';
import { CheckoutPayload, TopUpConnection, TopUpOptions, TopUpPayload, TopUpQuotePayload } from './top-up.payloads.ts';

@Resolver(() => TopUp)
export class TopUpResolver {
  constructor(private readonly checkouts: CheckoutService, private readonly completions: TopUpCompleteService, private readonly list: TopUpList) {}

  @OfUsers()
  @Allow(Permission.TOPUP_READ_ANY)
  @Directive(topUpRoutes.list)
  @Query(() => TopUpConnection, { description: 'Orders of everyone, newest first.' })
  topUps(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => TopUpFilter, { nullable: true }) filter: TopUpFilter | null): Promise<Connection<TopUp>> {
    return this.list.page(ctx, filter ?? {}, page);
  }

  @AllowSelf()
  @Directive(topUpRoutes.amount)
  @Directive(topUpRoutes.stripeAmount)
  @Mutation(() => TopUpQuotePayload, { description: 'What an amount would cost. Nothing is ordered.' })
  topUpQuote(@Ctx() ctx: RequestContext, @Arg('input', () => TopUpQuoteInput) input: TopUpQuoteInput): Promise<TopUpQuotePayload> {
    return this.checkouts.quote(ctx, input);
  }

  @AllowSelf()
  @Directive(topUpRoutes.pay)
  @Directive(topUpRoutes.stripePay)
  @Directive(topUpRoutes.creemPay)
  @Mutation(() => CheckoutPayload, { description: 'Orders quota and opens a checkout. The same key with the same input gives the first checkout again.' })
  topUpCreate(
    @Ctx() ctx: RequestContext, @Arg('input', () => TopUpCreateInput) input: TopUpCreateInput,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each order.' }) idempotencyKey: string,
  ): Promise<CheckoutPayload> {
    return this.checkouts.create(ctx, input, idempotencyKey);
  }

  @Allow(Permission.TOPUP_COMPLETE)
  @StepUp()
  @Directive(topUpRoutes.complete)
  @Mutation(() => TopUpPayload, { description: 'Credits a pending order of a user of a lower role by hand. An order that is done answers success, and `replayed`.' })
  topUpComplete(
    @Ctx() ctx: RequestContext, @Arg('tradeNo', () => String) tradeNo: string, @Arg('reason', () => String, { description: '1 to 500 characters.' }) reason: string,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each order.' }) idempotencyKey: string,
  ): Promise<TopUpPayload> {
    return this.completions.complete(ctx, { tradeNo, reason: reason.trim(), idempotencyKey });
  }
}

@Resolver(() => Viewer)
export class ViewerTopUpsResolver {
  constructor(private readonly list: TopUpList, private readonly menu: TopUpMenu) {}

  @AllowSelf()
  @Directive(topUpRoutes.listOwn)
  @FieldResolver(() => TopUpConnection, { description: 'The caller\'s orders, newest first.' })
  topUps(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => TopUpFilter, { nullable: true }) filter: TopUpFilter | null): Promise<Connection<TopUp>> {
    return this.list.page(ctx, Object.assign(new TopUpFilter(), filter, { userId: typedId('user', callerOf(ctx).userId) }), page);
  }

  @AllowSelf()
  @Directive(topUpRoutes.options)
  @FieldResolver(() => TopUpOptions)
  topUpOptions(@Ctx() ctx: RequestContext): Promise<TopUpOptions> {
    return this.menu.of(ctx);
  }
}
