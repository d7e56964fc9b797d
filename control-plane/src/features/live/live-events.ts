/** What the subscriptions send. */
import { Field, GraphQLISODateTime, ID, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { Channel } from '../channel/channel.entity.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import { Notification } from '../notification/notification.entity.ts';
import { Task } from '../task/task.entity.ts';

@InterfaceType({ description: 'A change that a stream tells.' })
export abstract class LiveEvent {
  @Field(() => String, { description: 'Send it back as `after` to go on behind this event.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'Changes before this one were left out: read again what you show.' })
  gap!: boolean;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}

export enum ChannelChangeKind { CREATED = 'CREATED', UPDATED = 'UPDATED', STATUS = 'STATUS', HEALTH = 'HEALTH', DELETED = 'DELETED' }
registerEnumType(ChannelChangeKind, { name: 'ChannelChangeKind', valuesConfig: { STATUS: { description: 'Switched on or off, by somebody or by itself.' }, HEALTH: { description: 'Tested, or its balance was asked for.' } } });

@ObjectType({ implements: LiveEvent })
export class ChannelChange extends LiveEvent {
  @Field(() => ChannelChangeKind)
  kind!: ChannelChangeKind;

  @Field(() => ID)
  channelId!: string;

  @Field(() => Channel, { nullable: true, description: 'As it is now; null when it is gone.' })
  channel!: Channel | null;
}

@ObjectType({ implements: LiveEvent })
export class TaskUpdate extends LiveEvent {
  @Field(() => Task, { description: 'As it is now.' })
  task!: Task;
}

@ObjectType({ implements: LiveEvent })
export class BalanceChange extends LiveEvent {
  @Field(() => Quota, { description: 'The balance after it.' })
  quota!: bigint;

  @Field(() => Quota)
  delta!: bigint;

  @Field(() => LedgerKind)
  kind!: LedgerKind;
}

@ObjectType({ implements: LiveEvent })
export class NotificationEvent extends LiveEvent {
  @Field(() => Notification)
  notification!: Notification;
}
