import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum UserStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED' }
registerEnumType(UserStatus, { name: 'UserStatus' });

/** A person or a program that owns tokens and a wallet. What has no @Field never leaves the control plane. */
@ObjectType({ implements: Node })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['usedQuota', 'id'] })
@Index({ properties: ['requestCount', 'id'] })
@Index({ properties: ['group', 'id'] })
@Index({ properties: ['role', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ name: 'user_account_search', expression: `create index "user_account_search" on "user_account" using gin ("username" gin_trgm_ops, "display_name" gin_trgm_ops, "email" gin_trgm_ops)` })
@Index({ name: 'user_account_email_unique', expression: `create unique index "user_account_email_unique" on "user_account" ("email") where email <> ''` })
@Entity({ tableName: 'user_account' })
export class User {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('user', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String)
  @Property({ type: t.string, length: 20, unique: true })
  username!: string;

  @Field(() => String)
  @Property({ type: t.string, length: 20, default: '' })
  displayName: string & Opt = '';

  @Property({ type: t.string, hidden: true })
  passwordHash!: string;

  @Field(() => Int, { description: '1 user, 10 admin, 100 root.' })
  @Property({ type: t.integer, default: 1 })
  role: number & Opt = 1;

  @Field(() => UserStatus)
  @Enum({ items: () => UserStatus, type: t.string, default: UserStatus.ENABLED })
  status: UserStatus & Opt = UserStatus.ENABLED;

  @Field(() => String)
  @Property({ type: t.string, length: 64, fieldName: 'group_name', default: 'default' })
  group: string & Opt = 'default';

  @Field(() => String, { description: 'In lower case; empty when there is none. No two accounts have the same.' })
  @Property({ type: t.string, length: 50, default: '' })
  email: string & Opt = '';

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When its owner proved to read mail there; null: never.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  emailVerifiedAt?: Date | null;

  @Allow(Permission.USER_READ)
  @Field(() => String, { nullable: true, description: 'A note of the admins.' })
  @Property({ type: t.string, length: 255, default: '' })
  remark: string & Opt = '';

  @Field(() => String, { description: 'What the user shows of compatible consoles: a JSON object as they wrote it; empty when they chose nothing.' })
  @Property({ type: t.text, default: '' })
  sidebarModules: string & Opt = '';

  /** Made when it is first asked for. */
  @Property({ type: t.string, length: 16, nullable: true, unique: true })
  inviteCode?: string | null;

  @Index()
  @Property({ type: t.integer, nullable: true })
  inviterId?: number | null;

  /** Users who came by the code, and the invite quota that they brought, ever; the account `invite:<id>` holds what is left of it. */
  @Property({ type: t.integer, default: 0 })
  inviteCount: number & Opt = 0;

  @Property({ type: new BigIntType('bigint'), default: 0 })
  inviteEarned: bigint & Opt = 0n;

  @Field(() => String, { description: 'Number of the user as a customer of Stripe; empty before the first payment there.' })
  @Property({ type: t.string, length: 64, default: '' })
  stripeCustomer: string & Opt = '';

  /** Keyed by purpose, SHA-256 of the access token; the token itself is shown once. */
  @Index()
  @Property({ type: t.string, length: 64, nullable: true, hidden: true })
  accessTokenHash?: string | null;

  /** Statistics of settled charges; the wallet is the account `user:<id>`. */
  @Field(() => Quota, { description: 'What settled requests have cost.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  usedQuota: bigint & Opt = 0n;

  @Field(() => Int)
  @Property({ type: t.integer, default: 0 })
  requestCount: number & Opt = 0;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  lastLoginAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null for all who are still there.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  deletedAt?: Date | null;

  @Field(() => Int64, { description: 'Send it back as expectedVersion to notice a change by someone else.' })
  @Property({ type: t.integer, version: true })
  version!: number & Opt;
}
