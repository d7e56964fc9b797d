/** What prices a visitor may know. */
import { Ctx, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Decimal } from '../../kernel/scalars.ts';
import { optionOf } from '../option/option-values.ts';
import { Site } from '../site/site.resolver.ts';

@ObjectType()
export class PaymentInfo {
  @Field(() => Decimal, { description: 'Price of one US dollar of quota over EPAY.' })
  price!: string;

  @Field(() => Decimal, { description: 'Price of one unit over STRIPE.' })
  stripeUnitPrice!: string;

  @Field(() => Decimal)
  usdExchangeRate!: string;

  @Field(() => String, { description: 'USD, CNY, TOKENS or CUSTOM.' })
  displayType!: string;
}

@Resolver(() => Site)
export class SitePaymentResolver {
  @FieldResolver(() => PaymentInfo)
  async payment(@Ctx() ctx: RequestContext): Promise<PaymentInfo> {
    const keys = ['Price', 'StripeUnitPrice', 'USDExchangeRate', 'general_setting.quota_display_type'] as const;
    const [price, stripeUnitPrice, usdExchangeRate, displayType] = await Promise.all(keys.map((key) => optionOf(ctx, key))) as [string, string, string, string];
    return { price, stripeUnitPrice, usdExchangeRate, displayType };
  }
}
