import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum NotificationKind { QUOTA_LOW = 'QUOTA_LOW', CHANNEL_UPDATE = 'CHANNEL_UPDATE', CHANNEL_TEST = 'CHANNEL_TEST', SECURITY = 'SECURITY', UPSTREAM_MODELS = 'UPSTREAM_MODELS' }
registerEnumType(NotificationKind, { name: 'NotificationKind' });

export enum DeliveryState { PENDING = 'PENDING', SENT = 'SENT', FAILED = 'FAILED', SUPPRESSED = 'SUPPRESSED' }
registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  valuesConfig: { FAILED: { description: 'Given up after a day.' }, SUPPRESSED: { description: 'Not sent: two of the kind went out within ten minutes.' } },
});

/** Something that a user is told: kept for the console, and sent where they want to be told. */
@ObjectType({ implements: Node, description: 'Something that the caller was told.' })
@Index({ name: 'notification_due', expression: `create index "notification_due" on "notification" ("next_try_at") where delivery = 'PENDING'` })
@Index({ properties: ['userId', 'id'] })
@Entity({ tableName: 'notification' })
export class Notification {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('notification', this.id); }

  @Property({ type: t.integer })
  userId!: number;

  @Field(() => NotificationKind)
  @Enum({ items: () => NotificationKind, type: t.string })
  kind!: NotificationKind;

  /** What stands in the sentence: texts by name. */
  @Property({ type: t.json })
  facts!: Record<string, string>;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  readAt?: Date | null;

  @Field(() => DeliveryState, { description: 'Whether it went where the caller wants to be told.' })
  @Enum({ items: () => DeliveryState, type: t.string, default: DeliveryState.PENDING })
  delivery: DeliveryState & Opt = DeliveryState.PENDING;

  @Property({ type: t.integer, default: 0 })
  tries: number & Opt = 0;

  @Property({ type: t.datetime, length: 3 })
  nextTryAt!: Date;

  @Property({ type: t.datetime, length: 3, nullable: true })
  sentAt?: Date | null;
}
