import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Decimal } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { ChannelStatus } from '../channel/channel.entity.ts';

export enum SyncedPrice { MODEL_RATIO = 'model_ratio', COMPLETION_RATIO = 'completion_ratio', CACHE_RATIO = 'cache_ratio', MODEL_PRICE = 'model_price' }
registerEnumType(SyncedPrice, { name: 'SyncedPrice', description: 'What other sites publish of a price.' });

@ObjectType({ description: 'A site whose prices can be compared: a channel with an address of its own, or the presets.' })
export class PriceSyncSource {
  @Field(() => Int, { description: 'Number of the channel; -100: the presets of the option price_sync.preset_url.' })
  id!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  baseUrl!: string;

  @Field(() => ChannelStatus)
  status!: ChannelStatus;
}

@InputType()
export class PriceSyncUpstreamInput {
  @Field(() => Int, { nullable: true })
  id?: number | null;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  baseUrl!: string;

  @Field(() => String, { nullable: true, description: 'Path or whole address; /api/ratio_config when absent. Also understood: /api/pricing, the models of OpenRouter, models.dev.' })
  endpoint?: string | null;
}

@InputType()
export class PriceSyncInput {
  @Field(() => [Int], { nullable: true, description: 'Ids of `priceSyncSources`.' })
  channelIds?: number[] | null;

  @Field(() => [PriceSyncUpstreamInput], { nullable: true, description: 'Instead of channelIds.' })
  upstreams?: PriceSyncUpstreamInput[] | null;

  @Field(() => Int, { defaultValue: 10, description: 'Seconds for each, 1 to 60.' })
  timeout!: number;
}

@ObjectType()
export class PriceCandidate {
  @Field(() => String, { description: 'Name of the source.' })
  source!: string;

  @Field(() => Decimal, { nullable: true, description: 'Null: it has none.' })
  value!: string | null;

  @Field(() => Boolean, { description: 'As it is here.' })
  same!: boolean;

  @Field(() => Boolean, { description: 'False for what sites give when nobody has priced a model.' })
  confident!: boolean;
}

@ObjectType()
export class PriceDifference {
  @Field(() => String)
  model!: string;

  @Field(() => SyncedPrice)
  kind!: SyncedPrice;

  @Field(() => Decimal, { nullable: true })
  current!: string | null;

  @Field(() => [PriceCandidate])
  candidates!: PriceCandidate[];

  @Field(() => Boolean, { description: 'Taking it over changes whether requests or tokens are paid for.' })
  conflicting!: boolean;
}

@ObjectType()
export class PriceSourceResult {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Why it could not be read.' })
  error!: string | null;
}

@ObjectType()
export class PriceSyncPayload {
  @Field(() => [PriceDifference])
  differences: PriceDifference[] = [];

  @Field(() => [PriceSourceResult])
  results: PriceSourceResult[] = [];

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}

@InputType()
export class PriceChoiceInput {
  @Field(() => String)
  model!: string;

  @Field(() => SyncedPrice)
  kind!: SyncedPrice;

  @Field(() => Decimal)
  value!: string;
}
