import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../kernel/list/page.ts';
import { Decimal, Quota } from '../../../kernel/scalars.ts';
import { UserError } from '../../../kernel/words/user-error.ts';
import { PaymentProvider, TopUp } from './top-up.entity.ts';

@ObjectType()
export class TopUpConnection extends connectionOf('TopUp', () => TopUp) {}

@ObjectType()
export class TopUpQuotePayload {
  @Field(() => Decimal, { nullable: true, description: 'Sum to pay.' })
  price!: string | null;

  @Field(() => Quota, { nullable: true, description: 'What the wallet would get.' })
  quota!: bigint | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class CheckoutField {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({ description: 'Where the browser goes to pay.' })
export class Checkout {
  @Field(() => String)
  url!: string;

  @Field(() => [CheckoutField], { nullable: true, description: 'To be posted there as a form; null: simply open it.' })
  fields!: CheckoutField[] | null;
}

@ObjectType()
export class CheckoutPayload {
  @Field(() => TopUp, { nullable: true })
  topUp!: TopUp | null;

  @Field(() => Checkout, { nullable: true })
  checkout!: Checkout | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class TopUpPayload {
  @Field(() => TopUp, { nullable: true })
  topUp!: TopUp | null;

  @Field(() => Boolean, { description: 'Whether it was done before: nothing was credited now.' })
  replayed!: boolean;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class PaymentMethodInfo {
  @Field(() => String)
  type!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  color!: string;

  @Field(() => Decimal, { nullable: true, description: 'Least amount of this method, where it has its own.' })
  minimum!: string | null;
}

@ObjectType()
export class CreemProductInfo {
  @Field(() => String)
  productId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Decimal)
  price!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => Quota)
  quota!: bigint;
}

@ObjectType()
export class AmountDiscount {
  @Field(() => String)
  amount!: string;

  @Field(() => Decimal, { description: 'Factor of the price.' })
  factor!: string;
}

@ObjectType({ description: 'How the caller can pay.' })
export class TopUpOptions {
  @Field(() => [PaymentProvider], { description: 'Providers that are set up.' })
  providers!: PaymentProvider[];

  @Field(() => [PaymentMethodInfo], { description: 'Ways to pay over EPAY.' })
  methods!: PaymentMethodInfo[];

  @Field(() => [CreemProductInfo])
  creemProducts!: CreemProductInfo[];

  @Field(() => Int, { description: 'Least amount over EPAY.' })
  minimum!: number;

  @Field(() => Int, { description: 'Least amount over STRIPE.' })
  stripeMinimum!: number;

  @Field(() => [Int], { description: 'Amounts to offer.' })
  presets!: number[];

  @Field(() => [AmountDiscount])
  discounts!: AmountDiscount[];

  @Field(() => Boolean, { description: 'Amounts are quota units instead of units of currency.' })
  inQuotaUnits!: boolean;
}
