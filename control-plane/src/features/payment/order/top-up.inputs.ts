import { Field, ID, InputType } from 'type-graphql';
import { Int64 } from '../../../kernel/scalars.ts';
import { OrderStatus, PaymentProvider } from './top-up.entity.ts';

@InputType()
export class TopUpQuoteInput {
  @Field(() => PaymentProvider)
  provider!: PaymentProvider;

  @Field(() => Int64, { nullable: true, description: 'Units of currency, or quota units where amounts are shown in them. Not for CREEM.' })
  amount?: bigint | null;

  @Field(() => String, { nullable: true, description: 'CREEM: which product.' })
  productId?: string | null;
}

@InputType()
export class TopUpCreateInput extends TopUpQuoteInput {
  @Field(() => String, { nullable: true, description: 'EPAY: one of the methods that topUpOptions lists.' })
  method?: string | null;
}

@InputType({ description: 'All fields must match.' })
export class TopUpFilter {
  @Field(() => String, { nullable: true, description: 'Part of the number of the order.' })
  search?: string | null;

  @Field(() => ID, { nullable: true })
  userId?: string | null;

  @Field(() => [PaymentProvider], { nullable: true })
  providers?: PaymentProvider[] | null;

  @Field(() => [OrderStatus], { nullable: true })
  statuses?: OrderStatus[] | null;
}
