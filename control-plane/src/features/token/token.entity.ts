import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum TokenStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED', EXPIRED = 'EXPIRED', EXHAUSTED = 'EXHAUSTED' }
registerEnumType(TokenStatus, { name: 'TokenStatus' });

/** The credential that a caller presents to the relay. The key is stored as a keyed hash, and as an envelope for its owner. */
@ObjectType({ implements: Node })
@Index({ properties: ['userId', 'id'] })
@Index({ properties: ['name', 'id'] })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['accessedAt', 'id'] })
@Index({ name: 'token_accessed_last', expression: `create index "token_accessed_last" on "token" ("accessed_at" desc nulls last, "id" desc)` })
@Index({ properties: ['expiresAt', 'id'] })
@Index({ name: 'token_expires_last', expression: `create index "token_expires_last" on "token" ("expires_at" desc nulls last, "id" desc)` })
@Index({ properties: ['usedQuota', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ properties: ['group', 'id'] })
@Index({ name: 'token_search', expression: `create index "token_search" on "token" using gin ("name" gin_trgm_ops, "masked_key" gin_trgm_ops)` })
@Entity({ tableName: 'token' })
export class Token {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('token', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Property({ type: t.integer })
  userId!: number;

  /** Hex of SHA-256(lookup key ‖ the 48 characters); the only way to find a token by its key. */
  @Property({ type: t.string, length: 64, unique: true, hidden: true })
  keyHash!: string;

  /** Envelope bound to (token, id, key); null when the instance keeps no copy to reveal. */
  @Property({ type: t.text, nullable: true, hidden: true })
  keyEnvelope?: string | null;

  @Field(() => String, { description: 'First and last characters, enough to recognise it.' })
  @Property({ type: t.string, length: 32 })
  maskedKey!: string;

  @Field(() => String)
  @Property({ type: t.string, length: 50 })
  name!: string;

  @Field(() => TokenStatus, { description: 'As a caller meets it: EXPIRED and EXHAUSTED also when nobody has stored that.' })
  @Enum({ items: () => TokenStatus, type: t.string, default: TokenStatus.ENABLED })
  status: TokenStatus & Opt = TokenStatus.ENABLED;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  accessedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  expiresAt?: Date | null;

  @Field(() => Boolean, { description: 'True: only the wallet of the owner limits it.' })
  @Property({ type: t.boolean, default: false })
  unlimited: boolean & Opt = false;

  @Field(() => Quota, { description: 'What settled charges have used.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  usedQuota: bigint & Opt = 0n;

  @Field(() => [String], { nullable: true, description: 'Null: all models; an empty list: none.' })
  @Property({ type: t.array, nullable: true })
  models?: string[] | null;

  /** The models as compatible consoles wrote them; it stays while `models` is null, for whoever switches the limit on again. */
  @Field(() => [String], { description: 'The list as it was written last, also while the limit is off.' })
  @Property({ type: t.array, default: [] })
  modelList: string[] & Opt = [];

  @Field(() => [String], { description: 'Addresses or CIDRs that may use it; empty: any.' })
  @Property({ type: t.array })
  allowIps: string[] & Opt = [];

  @Field(() => String, { description: 'Empty: the group of the owner.' })
  @Property({ type: t.string, length: 64, fieldName: 'group_name', default: '' })
  group: string & Opt = '';

  @Field(() => Boolean)
  @Property({ type: t.boolean, default: false })
  crossGroupRetry: boolean & Opt = false;

  @Property({ type: t.datetime, length: 3, nullable: true })
  deletedAt?: Date | null;

  @Field(() => Int64)
  @Property({ type: t.integer, version: true })
  version!: number & Opt;
}
