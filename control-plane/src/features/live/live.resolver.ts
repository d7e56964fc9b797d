import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { boundLater, subscribedBy } from '../../kernel/running/subscribed-by.ts';
import { readId } from '../../kernel/typed-id.ts';
import { BalanceChange, ChannelChange, NotificationEvent, TaskUpdate } from './live-events.ts';
import type { LiveHub } from './live-hub.ts';
import { balanceChanges, channelChanges, notificationEvents, taskUpdates } from './sources.ts';

const cursor = { nullable: true, description: 'Cursor of the last event, to go on behind it.' } as const;

interface After { after?: string | null }

@Resolver()
export class LiveResolver {
  constructor(private readonly hub: LiveHub, private readonly fork: () => EntityManager) {}

  @Allow(Permission.CHANNEL_READ)
  @subscribedBy('followChannels')
  @Subscription(() => ChannelChange, { subscribe: boundLater, description: 'Channels that were made, changed, switched, tested or deleted.' })
  channelChanges(@Root() event: ChannelChange, @Arg('after', () => String, cursor) _after: string | null): ChannelChange {
    return event;
  }

  followChannels(ctx: RequestContext, { after }: After) {
    return this.hub.stream(ctx, 'channel', after, (write) => channelChanges(this.fork, write));
  }

  @AllowSelf()
  @subscribedBy('followTasks')
  @Subscription(() => TaskUpdate, { subscribe: boundLater, description: 'Own tasks as they go on: all, or these.' })
  taskUpdates(@Root() event: TaskUpdate, @Arg('ids', () => [ID], { nullable: true }) _ids: string[] | null, @Arg('after', () => String, cursor) _after: string | null): TaskUpdate {
    return event;
  }

  followTasks(ctx: RequestContext, { after, ids }: After & { ids?: string[] | null }) {
    const rows = ids?.slice(0, 100).map((id) => readId('task', id));
    return this.hub.stream(ctx, 'task', after, (write) => taskUpdates(this.fork, write, callerOf(ctx).userId, rows));
  }

  @AllowSelf()
  @subscribedBy('followBalance')
  @Subscription(() => BalanceChange, { subscribe: boundLater, description: 'What comes to and goes from the own wallet.' })
  balanceChanges(@Root() event: BalanceChange, @Arg('after', () => String, cursor) _after: string | null): BalanceChange {
    return event;
  }

  followBalance(ctx: RequestContext, { after }: After) {
    return this.hub.stream(ctx, 'balance', after, (write) => balanceChanges(this.fork, write, callerOf(ctx).userId));
  }

  @AllowSelf()
  @subscribedBy('followNotifications')
  @Subscription(() => NotificationEvent, { subscribe: boundLater, description: 'What the caller is told from now on.' })
  notifications(@Root() event: NotificationEvent, @Arg('after', () => String, cursor) _after: string | null): NotificationEvent {
    return event;
  }

  followNotifications(ctx: RequestContext, { after }: After) {
    return this.hub.stream(ctx, 'notification', after, (write) => notificationEvents(this.fork, write, callerOf(ctx).userId));
  }
}
