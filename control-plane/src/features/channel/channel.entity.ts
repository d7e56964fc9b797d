import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { fromMillionths } from '../../kernel/millionths.ts';
import { Node } from '../../kernel/node.ts';
import { Decimal, Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { ChannelExtras } from './channel-extras.ts';

export enum ChannelStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED', AUTO_DISABLED = 'AUTO_DISABLED' }
registerEnumType(ChannelStatus, {
  name: 'ChannelStatus',
  valuesConfig: { DISABLED: { description: 'Switched off by a person.' }, AUTO_DISABLED: { description: 'Switched off by its errors.' } },
});

export enum CredentialMode { RANDOM = 'RANDOM', POLLING = 'POLLING' }
registerEnumType(CredentialMode, { name: 'CredentialMode', description: 'How a channel with several credentials chooses one.' });

/** One configured account at a provider. Its secrets are rows of ChannelCredential and never here. */
@ObjectType({ implements: Node })
@Index({ properties: ['name', 'id'] })
@Index({ properties: ['type', 'id'] })
@Index({ properties: ['status', 'id'] })
@Index({ properties: ['priority', 'id'] })
@Index({ properties: ['weight', 'id'] })
@Index({ properties: ['responseTimeMs', 'id'] })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['tag', 'id'] })
// None on `used_quota`: settlement writes it all the time, and a row whose indexed columns stay is written without touching any index.
@Index({ name: 'channel_search', expression: `create index "channel_search" on "channel" using gin ("name" gin_trgm_ops, "base_url" gin_trgm_ops, "tag" gin_trgm_ops, channel_models_text("models") gin_trgm_ops)` })
@Index({ name: 'channel_sets', expression: `create index "channel_sets" on "channel" using gin ("models", "group_names")` })
@Entity({ tableName: 'channel' })
export class Channel {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('channel', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String)
  @Property({ type: t.string, length: 100 })
  name!: string;

  @Field(() => Int, { description: 'Channel type number; `channelTypes` says which provider claims it.' })
  @Property({ type: t.integer })
  type!: number;

  @Field(() => ChannelStatus)
  @Enum({ items: () => ChannelStatus, type: t.string, default: ChannelStatus.ENABLED })
  status: ChannelStatus & Opt = ChannelStatus.ENABLED;

  @Field(() => String, { nullable: true, description: 'Why it was switched off by itself.' })
  @Property({ type: t.string, length: 500, nullable: true })
  statusReason?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  statusChangedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Null: the address of the provider.' })
  @Property({ type: t.string, length: 2048, nullable: true })
  baseUrl?: string | null;

  @Field(() => [String])
  @Property({ type: t.array })
  models!: string[];

  @Field(() => [String])
  @Property({ type: t.array, fieldName: 'group_names' })
  groups!: string[];

  /** Asked model → provider model. */
  @Property({ type: t.json, default: '{}' })
  modelMapping: Record<string, string> & Opt = {};

  @Field(() => Int, { description: 'Higher is preferred.' })
  @Property({ type: t.integer, default: 0 })
  priority: number & Opt = 0;

  @Field(() => Int, { description: 'Share among channels of one priority.' })
  @Property({ type: t.integer, default: 0 })
  weight: number & Opt = 0;

  @Field(() => String, { nullable: true })
  @Property({ type: t.string, length: 64, nullable: true })
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'Model of the channel test; null: the first one of the list.' })
  @Property({ type: t.string, length: 255, nullable: true })
  testModel?: string | null;

  @Field(() => String, { nullable: true })
  @Property({ type: t.string, length: 255, nullable: true })
  remark?: string | null;

  @Field(() => Boolean, { description: 'Whether errors may switch it off.' })
  @Property({ type: t.boolean, default: true })
  autoBan: boolean & Opt = true;

  @Field(() => CredentialMode)
  @Enum({ items: () => CredentialMode, type: t.string, default: CredentialMode.RANDOM })
  credentialMode: CredentialMode & Opt = CredentialMode.RANDOM;

  @Field(() => Boolean, { description: 'Made for several credentials, or had several once: it stays so when one is left.' })
  @Property({ type: t.boolean, default: false })
  multiKey: boolean & Opt = false;

  @Field(() => ChannelExtras, { description: 'Members of the compatible API; some providers read some of them.' })
  @Property({ type: t.json, default: '{}' })
  extras: ChannelExtras & Opt = {};

  /** Envelope of the address of its proxy, bound to (channel, id, proxy). */
  @Property({ type: t.text, hidden: true, nullable: true, fieldName: 'proxy' })
  proxyEnvelope?: string | null;

  @Field(() => Int, { description: 'Of the last test, in milliseconds; 0 before the first.' })
  @Property({ type: t.integer, default: 0 })
  responseTimeMs: number & Opt = 0;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  testedAt?: Date | null;

  @Property({ type: new BigIntType('number'), default: 0 })
  balanceMillionths: number & Opt = 0;

  @Field(() => Decimal, { description: 'US dollars left at the provider, when last asked.' })
  get balance(): string & Opt { return fromMillionths(this.balanceMillionths); }

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  balanceAt?: Date | null;

  @Field(() => Quota, { description: 'What settled charges have used here.' })
  @Property({ type: new BigIntType('bigint'), default: 0 })
  usedQuota: bigint & Opt = 0n;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  /**
   * Counts the changes that people make. Not the ORM's version column: statistics (usedQuota, test results) are written
   * beside it and must not turn an edit into a conflict.
   */
  @Field(() => Int64, { description: 'Send it back as expectedVersion to notice a change by someone else.' })
  @Property({ type: t.integer, default: 1 })
  version: number & Opt = 1;
}
