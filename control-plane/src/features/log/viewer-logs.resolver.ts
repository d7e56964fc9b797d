import { Arg, Args, Ctx, Directive, FieldResolver, Resolver } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { LogList } from './log-list.ts';
import { logRoutes } from './log-rest.ts';
import { LogFilter, LogOrder } from './log.inputs.ts';
import { LogSummary } from './log-summary.type.ts';
import { summarise } from './summarise.ts';
import { LogConnection } from './log.type.ts';

@Resolver(() => Viewer)
export class ViewerLogsResolver {
  constructor(private readonly list: LogList) {}

  @AllowSelf()
  @Directive(logRoutes.own)
  @Directive(logRoutes.ownSearch)
  @FieldResolver(() => LogConnection, { description: 'Own rows, newest first unless an order is given.' })
  logs(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => LogFilter, { nullable: true }) filter: LogFilter | null,
    @Arg('orderBy', () => LogOrder, { nullable: true }) order: LogOrder | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return this.list.page(ctx.em, { scope: { userId: callerOf(ctx).userId }, filter: filter ?? {}, order }, page);
  }

  @AllowSelf()
  @Directive(logRoutes.ownStat)
  @FieldResolver(() => LogSummary)
  logSummary(@Ctx() ctx: RequestContext, @Arg('filter', () => LogFilter, { nullable: true }) filter: LogFilter | null) {
    return summarise(ctx.em, filter ?? {}, { userId: callerOf(ctx).userId }, ctx.clock);
  }
}
