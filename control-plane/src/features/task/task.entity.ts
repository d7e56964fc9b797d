import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { Int64, Json, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum TaskStatus {
  NOT_START = 'NOT_START', SUBMITTED = 'SUBMITTED', QUEUED = 'QUEUED', IN_PROGRESS = 'IN_PROGRESS', SUCCESS = 'SUCCESS', FAILURE = 'FAILURE', UNKNOWN = 'UNKNOWN',
}
registerEnumType(TaskStatus, { name: 'TaskStatus', valuesConfig: { UNKNOWN: { description: 'The provider used a word that we do not know.' } } });

/** A piece of work that a provider does after it has answered: a video, a song. */
@ObjectType({ implements: Node, description: 'Work that a provider does after it has answered: a video, a song.' })
@Index({ properties: ['userId', 'id'] })
@Index({ properties: ['channelId', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ properties: ['platform', 'id'] })
@Index({ properties: ['action', 'id'] })
@Index({ properties: ['submittedAt', 'id'] })
@Entity({ tableName: 'task' })
export class Task {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('task', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String, { description: '`task_` and 32 characters: what clients ask with.' })
  @Property({ type: t.string, length: 64, unique: true })
  taskId!: string;

  @Field(() => String, { description: '`suno`, `mj`, or the number of a channel type.' })
  @Property({ type: t.string, length: 30 })
  platform!: string;

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

  @Field(() => String, { description: 'As the caller named it.' })
  @Property({ type: t.string, length: 255, default: '' })
  model: string & Opt = '';

  @Field(() => String, { description: 'As the provider names it.' })
  @Property({ type: t.string, length: 255, default: '' })
  upstreamModel: string & Opt = '';

  @Field(() => String, { description: 'What was asked for, as text.' })
  @Property({ type: t.text, default: '' })
  input: string & Opt = '';

  @Field(() => TaskStatus)
  @Enum({ items: () => TaskStatus, type: t.string, default: TaskStatus.NOT_START })
  status: TaskStatus & Opt = TaskStatus.NOT_START;

  @Field(() => Int, { description: 'Percent.' })
  @Property({ type: t.smallint, default: 0 })
  progress: number & Opt = 0;

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  failReason: string & Opt = '';

  @Field(() => Quota, { description: 'What it was charged.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  quota: bigint & Opt = 0n;

  @Field(() => Quota, { description: 'What came back after a failure.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  refunded: bigint & Opt = 0n;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  updatedAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  submittedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  startedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  finishedAt?: Date | null;

  @Field(() => Json, { nullable: true, description: 'What the provider last said.' })
  @Property({ type: t.json, nullable: true })
  data?: unknown;

  /** The provider's id, the credential that submitted it, the price as it was then. Never given out. */
  @Property({ type: t.json, nullable: true, hidden: true })
  privateData?: unknown;
}
