import { GraphQLError } from 'graphql';
import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { AllowSelf, Permission } from '../../../kernel/permission.ts';
import { boundLater, subscribedBy } from '../../../kernel/running/subscribed-by.ts';
import type { LiveHub } from '../../live/live-hub.ts';
import { LogScopeName } from '../../log/tail/tail-events.ts';
import { UsageTick } from './usage-tick.type.ts';
import { UsageTicker, type TickerRoom } from './usage-ticker.ts';

const shortest = 1, longest = 300;

interface Asked { scope: LogScopeName; intervalSeconds: number }

@Resolver()
export class UsageTickerResolver {
  constructor(private readonly hub: LiveHub, private readonly room: TickerRoom) {}

  @AllowSelf(Permission.STAT_READ_ANY)
  @subscribedBy('follow')
  @Subscription(() => UsageTick, { subscribe: boundLater, description: 'Figures of the last minute, now and then again: one\'s own, or everybody\'s for holders of STAT_READ_ANY.' })
  usageTicker(
    @Root() tick: UsageTick,
    @Arg('scope', () => LogScopeName, { defaultValue: LogScopeName.SELF }) _scope: LogScopeName,
    @Arg('intervalSeconds', () => Int, { defaultValue: 5, description: '1 to 300.' }) _intervalSeconds: number,
  ): UsageTick {
    return tick;
  }

  async follow(ctx: RequestContext, { scope, intervalSeconds }: Asked): Promise<UsageTicker> {
    const { userId, permissions, credential } = callerOf(ctx), isAny = scope === LogScopeName.ANY;
    if (!isAny && credential === 'integration-key') throw new GraphQLError('An integration key has no usage of its own: ask for the scope ANY', { extensions: { code: 'FORBIDDEN' } });
    if (isAny && !permissions.includes(Permission.STAT_READ_ANY)) {
      throw new GraphQLError('Needs the permission STAT_READ_ANY', { extensions: { code: 'FORBIDDEN', required: [Permission.STAT_READ_ANY] } });
    }
    if (intervalSeconds < shortest || intervalSeconds > longest) throw new GraphQLError(`intervalSeconds must lie between ${shortest} and ${longest}`, { extensions: { code: 'BAD_USER_INPUT' } });
    return new UsageTicker(this.room, { userId: isAny ? undefined : userId, everyMs: intervalSeconds * 1_000 }, this.hub.hold(ctx));
  }
}
