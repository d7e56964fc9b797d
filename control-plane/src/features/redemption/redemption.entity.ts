import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { maskCode } from './redemption-code.ts';

export enum RedemptionStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED', USED = 'USED' }
registerEnumType(RedemptionStatus, {
  name: 'RedemptionStatus',
  valuesConfig: { ENABLED: { description: 'Usable until it expires.' }, USED: { description: 'Somebody has redeemed it; nobody will again.' } },
});

/** A code that credits a wallet once. */
@ObjectType({ implements: Node })
@Index({ properties: ['name', 'id'] })
@Index({ properties: ['quota', 'id'] })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ properties: ['expiresAt', 'id'] })
@Index({ name: 'redemption_expires_last', expression: `create index "redemption_expires_last" on "redemption" ("expires_at" desc nulls last, "id" desc)` })
@Index({ properties: ['redeemedAt', 'id'] })
@Index({ name: 'redemption_redeemed_last', expression: `create index "redemption_redeemed_last" on "redemption" ("redeemed_at" desc nulls last, "id" desc)` })
@Index({ name: 'redemption_search', expression: `create index "redemption_search" on "redemption" using gin ("name" gin_trgm_ops)` })
@Unique({ properties: ['redeemedById', 'redeemKey'] })
@Check({ name: 'redemption_used_by_somebody', expression: `(status = 'USED') = (redeemed_by_id IS NOT NULL)` })
@Entity({ tableName: 'redemption' })
export class Redemption {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('redemption', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Index()
  @Property({ type: t.integer })
  batchRow!: number;

  @Field(() => ID, { description: 'Codes that were made together share it.' })
  get batchId(): string & Opt { return typedId('redemptionBatch', this.batchRow); }

  @Allow(Permission.REDEMPTION_WRITE)
  @Field(() => String, { nullable: true, description: '32 hexadecimal characters: who knows them may redeem it.' })
  @Property({ type: t.string, length: 32, unique: true })
  code!: string;

  @Field(() => String)
  get maskedCode(): string & Opt { return maskCode(this.code); }

  @Field(() => String)
  @Property({ type: t.string, length: 20 })
  name!: string;

  @Field(() => RedemptionStatus)
  @Enum({ items: () => RedemptionStatus, type: t.string, default: RedemptionStatus.ENABLED })
  status: RedemptionStatus & Opt = RedemptionStatus.ENABLED;

  @Field(() => Quota)
  @Property({ type: new BigIntType('bigint') })
  quota!: bigint;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  expiresAt?: Date | null;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Property({ type: t.integer })
  createdById!: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  redeemedAt?: Date | null;

  @Property({ type: t.integer, nullable: true })
  redeemedById?: number | null;

  /** The idempotency key that it was redeemed under. */
  @Property({ type: t.string, length: 128, nullable: true })
  redeemKey?: string | null;

  @Property({ type: t.datetime, length: 3, nullable: true })
  deletedAt?: Date | null;

  @Field(() => Int64)
  @Property({ type: t.integer, version: true })
  version!: number & Opt;
}
