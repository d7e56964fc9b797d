import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { typedId } from '../../../kernel/typed-id.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';

/** What we present to an upstream. The secret is write-only: reads see the mask, relays the envelope. */
@ObjectType()
@Entity({ tableName: 'channel_credential' })
export class ChannelCredential {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('credential', this.id); }

  @Index()
  @ManyToOne(() => Channel, { mapToPk: true, deleteRule: 'cascade', fieldName: 'channel_id' })
  channelId!: number;

  @Field(() => Int, { description: 'Place in the list, from 0.' })
  @Property({ type: t.integer })
  position!: number;

  /** Envelope bound to (channel_credential, id, secret); empty only between insert and sealing in one transaction. */
  @Property({ type: t.text, hidden: true, default: '' })
  secret: string & Opt = '';

  /** Finds a channel by a whole credential that somebody pasted. Null in rows from before it was kept. */
  @Index()
  @Property({ type: t.string, length: 43, nullable: true, hidden: true })
  digest?: string | null;

  @Field(() => String, { description: 'First and last characters, enough to recognise it.' })
  @Property({ type: t.string, length: 32 })
  masked!: string;

  @Field(() => ChannelStatus)
  @Enum({ items: () => ChannelStatus, type: t.string, default: ChannelStatus.ENABLED })
  status: ChannelStatus & Opt = ChannelStatus.ENABLED;

  @Field(() => String, { nullable: true, description: 'Why it was switched off; null while it is on.' })
  @Property({ type: t.string, length: 500, nullable: true })
  statusReason?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was last switched on or off.' })
  @Property({ type: t.datetime, length: 3, nullable: true })
  statusChangedAt?: Date | null;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;
}
