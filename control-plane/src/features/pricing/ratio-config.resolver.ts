/** The ratios as they are set, for other sites that copy prices from this one. Only where the operator allows it. */
import { GraphQLError } from 'graphql';
import { Ctx, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { fromMillionths } from '../../kernel/millionths.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { Decimal } from '../../kernel/scalars.ts';
import { flagOption } from '../option/option-values.ts';
import { say } from '../../kernel/words/messages.ts';
import { Price } from '../price/price.entity.ts';
import type { PriceField } from '../price/price-fields.ts';

@ObjectType()
export class ModelNumber {
  @Field(() => String)
  model!: string;

  @Field(() => Decimal)
  value!: string;
}

@ObjectType({ description: 'Only what is set: a model that is left out has none of its own.' })
export class RatioConfig {
  @Field(() => [ModelNumber])
  modelRatio!: ModelNumber[];

  @Field(() => [ModelNumber])
  completionRatio!: ModelNumber[];

  @Field(() => [ModelNumber])
  cacheRatio!: ModelNumber[];

  @Field(() => [ModelNumber], { description: 'US dollars for a request.' })
  callPrice!: ModelNumber[];
}

const numbers = (prices: readonly Price[], field: PriceField): ModelNumber[] =>
  prices.flatMap((price) => { const value = price[field]; return value == null ? [] : [{ model: price.model, value: fromMillionths(value) }]; });

@Resolver()
export class RatioConfigResolver {
  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/ratio_config", auth: [NONE], view: "LegacyRatioConfig", rate: CRITICAL)')
  @Query(() => RatioConfig, { description: 'Refused unless the option ExposeRatioEnabled is on.' })
  async ratioConfig(@Ctx() { em, language }: RequestContext): Promise<RatioConfig> {
    if (!await flagOption(sqlOf(em), 'ExposeRatioEnabled')) throw new GraphQLError(say('ratios_private', language), { extensions: { code: 'SWITCHED_OFF', legacyCode: 'ratios_private' } });
    const prices = await em.find(Price, { retiredAt: null }, { orderBy: { model: 'asc' } });
    return { modelRatio: numbers(prices, 'modelRatio'), completionRatio: numbers(prices, 'completionRatio'), cacheRatio: numbers(prices, 'cacheRatio'), callPrice: numbers(prices, 'callPrice') };
  }
}
