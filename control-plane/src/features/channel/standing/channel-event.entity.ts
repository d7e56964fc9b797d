import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../kernel/list/page.ts';
import { typedId } from '../../../kernel/typed-id.ts';
import { ChannelStatus } from '../channel.entity.ts';

/** A channel, or one of its credentials, was switched by the system. What people switch stands in the audit. */
@ObjectType()
@Entity({ tableName: 'channel_event' })
@Index({ properties: ['channelRow', 'id'] })
export class ChannelEvent {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  /** Without a foreign key: what happened stays when the channel goes. */
  @Property({ type: t.integer, fieldName: 'channel_id' })
  channelRow!: number;

  @Field(() => ID)
  get channelId(): string & Opt { return typedId('channel', this.channelRow); }

  @Field(() => String, { description: 'As it was called then.' })
  @Property({ type: t.string, length: 100 })
  channelName!: string;

  @Field(() => Int, { nullable: true, description: 'Place of the credential that was switched; null: the whole channel.' })
  @Property({ type: t.integer, nullable: true })
  position?: number | null;

  @Field(() => ChannelStatus, { description: 'What it is since then.' })
  @Enum({ items: () => ChannelStatus, type: t.string })
  status!: ChannelStatus;

  @Field(() => String)
  @Property({ type: t.string, length: 500 })
  reason!: string;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  at!: Date;
}

@ObjectType()
export class ChannelEventConnection extends connectionOf('ChannelEvent', () => ChannelEvent) {}
