import { GraphQLError } from 'graphql';
import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import { AllowSelf, Permission } from '../../../kernel/permission.ts';
import { boundLater, subscribedBy } from '../../../kernel/running/subscribed-by.ts';
import { OfUsers } from '../../../kernel/user-scope.ts';
import { everyone } from '../log-filter.ts';
import { LogFilter } from '../log.inputs.ts';
import { LogScopeName, LogTailEvent, type TailEvent } from './tail-events.ts';
import type { TailHub } from './tail-hub.ts';

interface TailArguments { filter?: LogFilter | null; after?: string | null; maxPerSecond: number; scope: LogScopeName }

@Resolver()
export class LogTailResolver {
  constructor(private readonly hub: TailHub) {}

  @OfUsers()
  @AllowSelf(Permission.LOG_READ_ANY)
  @subscribedBy('follow')
  @Subscription(() => LogTailEvent, { subscribe: boundLater, description: 'New rows of the log as they are committed. With `after` it goes on where a reader left.' })
  logTail(
    @Root() event: TailEvent,
    @Arg('filter', () => LogFilter, { nullable: true }) _filter: LogFilter | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last event.' }) _after: string | null,
    @Arg('maxPerSecond', () => Int, { defaultValue: 50, description: 'Rows a second, 1 to 200; what exceeds it is reported as a LogGap.' }) _maxPerSecond: number,
    @Arg('scope', () => LogScopeName, { defaultValue: LogScopeName.SELF }) _scope: LogScopeName,
  ): TailEvent {
    return event;
  }

  follow(ctx: RequestContext, { filter, after, maxPerSecond, scope }: TailArguments) {
    const { userId, permissions, credential } = callerOf(ctx), any = scope === LogScopeName.ANY;
    if (!any && credential === 'integration-key') throw new GraphQLError('An integration key has no rows of its own: ask for the scope ANY', { extensions: { code: 'FORBIDDEN' } });
    if (any && !permissions.includes(Permission.LOG_READ_ANY)) {
      throw new GraphQLError('Needs the permission LOG_READ_ANY', { extensions: { code: 'FORBIDDEN', required: [Permission.LOG_READ_ANY] } });
    }
    return this.hub.tail({ userId, scope: any ? everyone(ctx) : { userId }, filter: filter ?? {}, after: after ?? null, maxPerSecond });
  }
}
