import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { PricesPayload } from '../price/price.types.ts';
import type { PriceSyncService } from './price-sync.service.ts';
import { PriceChoiceInput, PriceSyncInput, PriceSyncPayload, PriceSyncSource } from './price-sync.types.ts';
import { sourcesOf } from './sources.ts';

@Resolver()
export class PriceSyncResolver {
  constructor(private readonly service: PriceSyncService) {}

  @Allow(Permission.PRICING_WRITE)
  @Directive('@rest(method: GET, path: "/api/ratio_sync/channels", view: "LegacySyncSource", envelope: LIST)')
  @Query(() => [PriceSyncSource])
  priceSyncSources(@Ctx() { em }: RequestContext) {
    return sourcesOf(em);
  }

  @Allow(Permission.PRICING_WRITE)
  @Directive('@rest(method: POST, path: "/api/ratio_sync/fetch", view: "LegacyPriceSync")')
  @Mutation(() => PriceSyncPayload, { description: 'Reads the prices of other sites and tells where they differ. Changes nothing.' })
  priceSyncFetch(@Ctx() ctx: RequestContext, @Arg('input', () => PriceSyncInput) input: PriceSyncInput) {
    return this.service.fetch(ctx, input);
  }

  @Allow(Permission.PRICING_WRITE)
  @Mutation(() => PricesPayload, { description: 'Takes over single numbers, all of them or none.' })
  priceSyncApply(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => [PriceChoiceInput]) input: PriceChoiceInput[],
    @Arg('confirmed', () => Boolean, { defaultValue: false, description: 'Also what changes whether requests or tokens are paid for.' }) confirmed: boolean,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Only tell what would change.' }) dryRun: boolean,
  ) {
    return this.service.apply(ctx, input, { confirmed, dryRun });
  }
}
