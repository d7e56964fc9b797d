import { ArrayType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Permission } from '../../kernel/permission.ts';
import { typedId } from '../../kernel/typed-id.ts';

/** What a program manages the instance with. */
@ObjectType({ implements: Node, description: 'A key with which a program manages the instance.' })
@Entity({ tableName: 'integration_key' })
export class IntegrationKey {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('integrationKey', this.id); }

  @Field(() => String)
  @Property({ type: t.string, length: 50 })
  name!: string;

  @Field(() => String, { description: 'How the key begins, to tell keys apart.' })
  @Property({ type: t.string, length: 16 })
  prefix!: string;

  @Property({ type: t.string, length: 64, unique: true, hidden: true })
  keyHash!: string;

  @Field(() => [Permission])
  @Property({ type: t.array })
  permissions!: Permission[];

  @Field(() => [String], { description: 'Addresses and ranges it may call from; empty: any.' })
  @Property({ type: t.array })
  allowIps!: string[];

  @Property({ type: new ArrayType(Number), columnType: 'int[]', fieldName: 'user_scope', nullable: true })
  userScopeIds?: number[] | null;

  @Field(() => [ID], { nullable: true, description: 'Users that it is limited to; null: all that its permissions reach.' })
  get userScope(): string[] | null { return this.userScopeIds?.map((id) => typedId('user', id)) ?? null; }

  @Field(() => Int, { description: 'Points of the cost bucket that come back each second.' })
  @Property({ type: t.integer, default: 200 })
  costPerSecond: number & Opt = 200;

  @Index()
  @Property({ type: t.integer })
  createdById!: number;

  @Field(() => ID)
  get createdBy(): string & Opt { return typedId('user', this.createdById); }

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  expiresAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'To the minute.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  lastUsedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Program that used it last, as it named itself: `name/version`. Null: none did, or it gave no name.' })
  @Property({ type: t.string, length: 100, nullable: true })
  lastClient?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  revokedAt?: Date | null;
}
