import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { priceWhatIf } from './what-if.ts';
import { PriceWhatIf, PriceWhatIfInput } from './what-if.types.ts';

@Resolver()
export class WhatIfResolver {
  @Allow(Permission.PRICING_WRITE)
  @Query(() => PriceWhatIf, { description: 'What a usage costs at the present price, and at one to try. Adds up as a log row does.' })
  priceWhatIf(@Ctx() ctx: RequestContext, @Arg('input', () => PriceWhatIfInput) input: PriceWhatIfInput) {
    return priceWhatIf(ctx, input);
  }
}
