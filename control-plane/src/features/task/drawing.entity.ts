import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64, Json, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

/** A picture that a Midjourney proxy makes. Its words are the proxy's own. */
@ObjectType({ implements: Node, description: 'A picture that a Midjourney proxy makes.' })
@Index({ properties: ['userId', 'id'] })
@Index({ properties: ['channelId', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ properties: ['submittedAt', 'id'] })
@Entity({ tableName: 'drawing' })
export class Drawing {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('drawing', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Index()
  @Field(() => String)
  @Property({ type: t.string, length: 64 })
  mjId!: string;

  @Field(() => Int, { description: 'Of the proxy: 1 accepted, 21 there already, 22 queued.' })
  @Property({ type: t.integer, default: 1 })
  code: number & Opt = 1;

  @Field(() => String)
  @Property({ type: t.string, length: 40 })
  action!: string;

  @Property({ type: t.integer })
  userId!: number;

  @Field(() => ID)
  get ownerId(): string & Opt { return typedId('user', this.userId); }

  @Property({ type: t.integer, default: 0 })
  tokenId: number & Opt = 0;

  @Property({ type: t.integer, default: 0 })
  channelId: number & Opt = 0;

  @Allow(Permission.CHANNEL_READ)
  @Field(() => ID, { name: 'channelId', nullable: true })
  get channel(): string | null { return this.channelId > 0 ? typedId('channel', this.channelId) : null; }

  @Field(() => String)
  @Property({ type: t.string, length: 64, fieldName: 'group_name', default: '' })
  group: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  prompt: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  promptEn: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  description: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  state: string & Opt = '';

  @Field(() => String, { description: 'Empty, NOT_START, SUBMITTED, MODAL, IN_PROGRESS, FAILURE, SUCCESS or CANCEL.' })
  @Property({ type: t.string, length: 20, default: '' })
  status: string & Opt = '';

  @Field(() => Int, { description: 'Percent.' })
  @Property({ type: t.smallint, default: 0 })
  progress: number & Opt = 0;

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  failReason: string & Opt = '';

  /** Where the proxy has it; callers get the address of `imageUrl`. */
  @Property({ type: t.text, default: '' })
  upstreamImageUrl: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  videoUrl: string & Opt = '';

  @Field(() => Json, { description: 'A list.' })
  @Property({ type: t.json, default: '[]' })
  videoUrls: unknown[] & Opt = [];

  @Field(() => Json, { description: 'Actions that can follow: a list.' })
  @Property({ type: t.json, default: '[]' })
  buttons: unknown[] & Opt = [];

  @Field(() => Json)
  @Property({ type: t.json, default: '{}' })
  properties: Record<string, unknown> & Opt = {};

  @Field(() => Quota)
  @Property({ type: new BigIntType('bigint'), default: 0 })
  quota: bigint & Opt = 0n;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  submittedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  startedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  finishedAt?: Date | null;

  /** The credential that submitted it, the price as it was then. Never given out. */
  @Property({ type: t.json, nullable: true, hidden: true })
  privateData?: unknown;
}
