import { Arg, Args, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { expectedOfList, tellsVersion, versionOf } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { StepUp } from '../../kernel/step-up.ts';
import type { PriceService } from './price.service.ts';
import { PriceConnection, PricesPatch, PricesPayload } from './price.types.ts';

@Resolver()
export class PriceResolver {
  constructor(private readonly service: PriceService) {}

  @Allow(Permission.PRICING_WRITE)
  @Query(() => PriceConnection, { description: 'Prices that apply now, by model.' })
  prices(@Ctx() ctx: RequestContext, @Arg('search', () => String, { nullable: true }) search: string | null, @Args(() => PageArgs) page: PageArgs) {
    return this.service.page(ctx, search, page);
  }

  @Allow(Permission.PRICING_WRITE)
  @Query(() => PriceConnection, { description: 'Every price that the model has had, the newest first: a charge names one of these versions.' })
  priceHistory(@Ctx() ctx: RequestContext, @Arg('model', () => String) model: string, @Args(() => PageArgs) page: PageArgs) {
    return this.service.history(ctx, model, page);
  }

  @Allow(Permission.PRICING_WRITE)
  @Query(() => Int64, { description: tellsVersion })
  pricesVersion(@Ctx() ctx: RequestContext): Promise<number> {
    return versionOf(sqlOf(ctx.em), 'prices');
  }

  @Allow(Permission.PRICING_WRITE)
  @Mutation(() => PricesPayload, { description: 'Sets and removes prices of models: all of it, or nothing. Open requests are settled at the price with which they began.' })
  pricesUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => PricesPatch) input: PricesPatch,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Only tell what would change.' }) dryRun: boolean,
    @Arg('expectedVersion', () => Int64, expectedOfList) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, input, { dryRun, expectedVersion });
  }

  @Allow(Permission.PRICING_WRITE)
  @StepUp()
  @Directive('@rest(method: POST, path: "/api/option/rest_model_ratio", envelope: MESSAGE)')
  @Directive('@rest(method: POST, path: "/api/option/reset_model_ratio", envelope: MESSAGE)')
  @Mutation(() => PricesPayload, { description: 'Back to the prices that a new instance starts with; all others are retired.' })
  pricesReset(@Ctx() ctx: RequestContext) {
    return this.service.reset(ctx);
  }
}
