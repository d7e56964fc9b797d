/** What a key has used and may still use: relays are asked for it in the words of the old billing addresses, and ask here. */
import { Field, Int, ObjectType } from 'type-graphql';
import { EpochMs, Quota } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'Entry of the stream `weir:figures`. The answer comes as `RelayMessage.figures`.' })
export class BillingQuestion {
  @Field(() => String)
  relayId!: string;

  @Field(() => String)
  nonce!: string;

  @Field(() => Int)
  tokenId!: number;

  @Field(() => EpochMs, { description: 'Days and models from here on.' })
  from!: number;

  @Field(() => EpochMs)
  to!: number;
}

@ObjectType({ description: 'Quota that went into something.' })
export class BillingShare {
  @Field(() => String, { description: 'A day (2026-01-31, UTC) or the name of a model.' })
  name!: string;

  @Field(() => Quota)
  quota!: string;
}

@ObjectType({ description: 'Of the key, or of its user where the instance answers for users.' })
export class BillingFigures {
  @Field(() => String)
  nonce!: string;

  @Field(() => Boolean)
  unlimited!: boolean;

  @Field(() => Quota)
  remaining!: string;

  @Field(() => Quota)
  used!: string;

  @Field(() => Int)
  quotaPerUnit!: number;

  @Field(() => String, { description: 'USD, CNY, TOKENS or CUSTOM: what amounts are shown in.' })
  display!: string;

  @Field(() => String, { description: 'Units of the shown currency to one US dollar, a decimal.' })
  rate!: string;

  @Field(() => EpochMs)
  since!: number;

  @Field(() => EpochMs, { nullable: true })
  expiresAt?: number | null;

  @Field(() => [BillingShare])
  days!: BillingShare[];

  @Field(() => [BillingShare])
  models!: BillingShare[];
}
