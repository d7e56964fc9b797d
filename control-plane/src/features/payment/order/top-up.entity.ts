import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../../kernel/node.ts';
import { Decimal, Int64, Quota } from '../../../kernel/scalars.ts';
import { typedId } from '../../../kernel/typed-id.ts';

export enum PaymentProvider { EPAY = 'EPAY', STRIPE = 'STRIPE', CREEM = 'CREEM' }
registerEnumType(PaymentProvider, { name: 'PaymentProvider' });

export enum OrderStatus { PENDING = 'PENDING', SUCCESS = 'SUCCESS', FAILED = 'FAILED', EXPIRED = 'EXPIRED' }
registerEnumType(OrderStatus, { name: 'OrderStatus', description: 'Everything but PENDING is final.' });

/** What the browser does next; `fields` are posted to `url`, or it is simply opened. */
export interface StoredCheckout { url: string; fields: Record<string, string> | null }

/** An order of quota for money. What it credits and what it costs are fixed when it is made. */
@ObjectType({ implements: Node, description: 'An order of quota for money.' })
@Unique({ properties: ['userId', 'idempotencyKey'] })
@Unique({ properties: ['provider', 'gatewayTradeNo'] })
@Unique({ properties: ['completedById', 'completionKey'] })
@Index({ properties: ['userId', 'id'] })
@Entity({ tableName: 'top_up' })
export class TopUp {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('topUp', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => Int, { description: 'Number of the user who ordered.' })
  @Property({ type: t.integer })
  userId!: number;

  @Field(() => ID, { description: 'Typed id of the user who ordered.' })
  get userRef(): string & Opt { return typedId('user', this.userId); }

  @Field(() => String, { description: 'Our number of the order: the gateway gives it back.' })
  @Property({ type: t.string, length: 64, unique: true })
  tradeNo!: string;

  @Field(() => String, { nullable: true, description: 'Number of the payment at the gateway.' })
  @Property({ type: t.string, length: 200, nullable: true })
  gatewayTradeNo?: string | null;

  @Field(() => PaymentProvider)
  @Enum({ items: () => PaymentProvider, type: t.string })
  provider!: PaymentProvider;

  @Field(() => String, { description: 'Way to pay at the provider, such as `alipay`.' })
  @Property({ type: t.string, length: 64 })
  method!: string;

  @Field(() => Int64, { description: 'As it was ordered: units of currency; at Creem quota units.' })
  @Property({ type: new BigIntType('bigint') })
  amount!: bigint;

  @Field(() => Decimal, { description: 'What is to be paid; at Stripe the units that are credited, since Stripe knows the price.' })
  @Property({ type: t.decimal, precision: 20, scale: 6 })
  money!: string;

  @Field(() => Quota, { description: 'What the wallet gets.' })
  @Property({ type: new BigIntType('bigint') })
  quota!: bigint;

  /** What the gateway must report as paid, in the smallest unit of `currency`; null until the gateway has said it. */
  @Property({ type: new BigIntType('bigint'), nullable: true })
  dueMinor?: bigint | null;

  @Field(() => String, { description: 'ISO code in upper case; empty when only the gateway knows it.' })
  @Property({ type: t.string, length: 8, default: '' })
  currency: string & Opt = '';

  @Field(() => Quota, { description: 'What was taken back, after a refund or a dispute.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  reversedQuota: bigint & Opt = 0n;

  @Field(() => OrderStatus)
  @Enum({ items: () => OrderStatus, type: t.string, default: OrderStatus.PENDING })
  status: OrderStatus & Opt = OrderStatus.PENDING;

  @Property({ type: t.json, nullable: true })
  checkout?: StoredCheckout | null;

  @Property({ type: t.string, length: 128 })
  idempotencyKey!: string;

  @Property({ type: t.string, length: 64 })
  inputHash!: string;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  completedAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Number of the administrator who completed it by hand.' })
  @Property({ type: t.integer, nullable: true })
  completedById?: number | null;

  /** The idempotency key of that hand. */
  @Property({ type: t.string, length: 128, nullable: true, hidden: true })
  completionKey?: string | null;

  @Field(() => ID, { nullable: true, description: 'Typed id of the administrator who completed it by hand.' })
  get completedByRef(): (string & Opt) | null { return this.completedById == null ? null : typedId('user', this.completedById); }
}
