import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { OfUsers } from '../../kernel/user-scope.ts';
import { readId, typedId } from '../../kernel/typed-id.ts';
import { everyone } from './log-filter.ts';
import type { LogList } from './log-list.ts';
import { toPricing, LogPricing } from './log-pricing.ts';
import { logRoutes } from './log-rest.ts';
import { LogFilter, LogOrder } from './log.inputs.ts';
import { LogSummary } from './log-summary.type.ts';
import { LogAttempt, LogUsage } from './log-usage.type.ts';
import { summarise } from './summarise.ts';
import { Log, LogConnection } from './log.type.ts';

const mayRead = (ctx: RequestContext, permission: Permission): boolean => ctx.principal?.permissions.includes(permission) ?? false;

@Resolver(() => Log)
export class LogResolver {
  constructor(private readonly list: LogList) {}

  @OfUsers()
  @Allow(Permission.LOG_READ_ANY)
  @Directive(logRoutes.any)
  @Directive(logRoutes.anySearch)
  @Query(() => LogConnection, { description: 'Rows of everyone, newest first unless an order is given.' })
  logs(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => LogFilter, { nullable: true }) filter: LogFilter | null,
    @Arg('orderBy', () => LogOrder, { nullable: true }) order: LogOrder | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return this.list.page(ctx.em, { scope: everyone(ctx), filter: filter ?? {}, order }, page);
  }

  @OfUsers()
  @AllowSelf(Permission.LOG_READ_ANY)
  @Query(() => Log, { nullable: true, description: 'One of the own rows, or any for holders of LOG_READ_ANY.' })
  log(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    const scope = mayRead(ctx, Permission.LOG_READ_ANY) ? everyone(ctx) : { userId: callerOf(ctx).userId };
    return this.list.one(ctx.em, readId('log', id), scope);
  }

  @OfUsers()
  @Allow(Permission.LOG_READ_ANY)
  @Directive(logRoutes.anyStat)
  @Query(() => LogSummary)
  logSummary(@Ctx() ctx: RequestContext, @Arg('filter', () => LogFilter, { nullable: true }) filter: LogFilter | null) {
    return summarise(ctx.em, filter ?? {}, everyone(ctx), ctx.clock);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Null for callers who may not read channels.' })
  channelName(@Root() log: Log, @Ctx() ctx: RequestContext): string | null {
    return mayRead(ctx, Permission.CHANNEL_READ) ? log.record.channelName : null;
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Typed id of the channel; null where none was tried, and for callers who may not read channels.' })
  channelRef(@Root() { record: { channelId } }: Log, @Ctx() ctx: RequestContext): string | null {
    return channelId !== null && mayRead(ctx, Permission.CHANNEL_READ) ? typedId('channel', channelId) : null;
  }

  @FieldResolver(() => [LogAttempt], { description: 'Tries in their order; empty for callers who may not read channels.' })
  attempts(@Root() log: Log, @Ctx() ctx: RequestContext): LogAttempt[] {
    return mayRead(ctx, Permission.CHANNEL_READ) ? (log.detail?.attempts ?? []) : [];
  }

  @FieldResolver(() => LogPricing, { nullable: true, description: 'How the charge adds up; null where no price was found.' })
  pricing(@Root() log: Log): LogPricing | null {
    return log.detail?.price ? toPricing(log.detail.price, log.record.quota) : null;
  }

  @FieldResolver(() => LogUsage, { nullable: true, description: 'Null on rows that are no request.' })
  usage(@Root() { detail }: Log): LogUsage | null {
    return detail ? Object.assign(new LogUsage(), detail, { hold: BigInt(detail.hold), platformLoss: BigInt(detail.platformLoss) }) : null;
  }
}
