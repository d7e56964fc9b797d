import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Decimal, Quota } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { LogPricing } from '../log/log-pricing.ts';
import { PriceRatios } from '../price/price.types.ts';
import type { AskedUsage } from './reckon.ts';

const count = { defaultValue: 0 };

@InputType({ description: 'Model tokens. `input` and `output` count their parts too.' })
export class WhatIfUsageInput implements AskedUsage {
  @Field(() => Int, count)
  input!: number;

  @Field(() => Int, count)
  output!: number;

  @Field(() => Int, count)
  cacheRead!: number;

  @Field(() => Int, count)
  cacheWrite!: number;

  @Field(() => Int, count)
  cacheWrite1h!: number;

  @Field(() => Int, count)
  inputImage!: number;

  @Field(() => Int, count)
  inputAudio!: number;

  @Field(() => Int, count)
  outputAudio!: number;

  @Field(() => Int, count)
  outputImage!: number;
}

@InputType()
export class PriceWhatIfInput {
  @Field(() => String)
  model!: string;

  @Field(() => WhatIfUsageInput, { nullable: true, description: 'Of a model that is paid for by tokens.' })
  usage?: WhatIfUsageInput | null;

  @Field(() => Int, { defaultValue: 1, description: 'Requests, of a model that is paid for by them.' })
  calls!: number;

  @Field(() => String, { defaultValue: 'default', description: 'Group that serves.' })
  group!: string;

  @Field(() => String, { nullable: true, description: 'Group of the user, which may have another ratio there.' })
  userGroup?: string | null;

  @Field(() => PriceRatios, { nullable: true, description: 'Members of a price to try: absent ones are as they are set now, null unsets.' })
  draft?: PriceRatios | null;
}

@ObjectType()
export class PriceWhatIf {
  @Field(() => LogPricing, { nullable: true, description: 'At the present price; null without one.' })
  present: LogPricing | null = null;

  @Field(() => LogPricing, { nullable: true, description: 'At the price to try; null without one.' })
  tried: LogPricing | null = null;

  @Field(() => Quota, { nullable: true, description: 'What it would cost more, or less.' })
  difference: bigint | null = null;

  @Field(() => Decimal, { nullable: true, description: 'US dollars at the price to try, or at the present one.' })
  dollars: string | null = null;

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}
