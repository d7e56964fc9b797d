import { Arg, Ctx, Directive, FieldResolver, GraphQLISODateTime, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { OfUsers, reachedIds } from '../../kernel/user-scope.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { readRanking } from './ranking.ts';
import { readSeries } from './series.ts';
import { type UsageFilter, UsageRankingInput, UsageSeriesInput } from './statistics.inputs.ts';
import { UsageRankingRow, UsageRow, UsageSeries } from './statistics.types.ts';
import { checkSpan, readRows } from './usage-rows.ts';

const times = '{from: "query.start_timestamp", to: "from", cast: UNIX_SECONDS}, {from: "query.end_timestamp", to: "to", cast: UNIX_SECONDS}';

/** Held to the users whom the caller may reach. */
function reached<Input extends { filter?: UsageFilter | null }>(ctx: RequestContext, input: Input): Input {
  const userIds = reachedIds(ctx, input.filter?.userIds);
  return userIds ? Object.assign({}, input, { filter: Object.assign({}, input.filter, { userIds }) }) : input;
}

@Resolver()
export class StatisticsResolver {
  @OfUsers()
  @Allow(Permission.STAT_READ_ANY)
  @Query(() => UsageSeries, { description: 'Everyone\'s usage over time.' })
  usageSeries(@Ctx() ctx: RequestContext, @Arg('input', () => UsageSeriesInput) input: UsageSeriesInput): Promise<UsageSeries> {
    return readSeries(sqlOf(ctx.em), reached(ctx, input));
  }

  @OfUsers()
  @Allow(Permission.STAT_READ_ANY)
  @Query(() => [UsageRankingRow], { description: 'Who or what used most.' })
  usageRanking(@Ctx() ctx: RequestContext, @Arg('input', () => UsageRankingInput) input: UsageRankingInput): Promise<UsageRankingRow[]> {
    return readRanking(sqlOf(ctx.em), reached(ctx, input));
  }

  @Allow(Permission.STAT_READ_ANY)
  @Directive(`@rest(method: GET, path: "/api/data/", view: "LegacyQuotaData", envelope: LIST, bind: [${times}])`)
  @Query(() => [UsageRow], { description: 'Hours and models between two instants; without them the last 30 days. At most a year.' })
  usageRows(
    @Ctx() ctx: RequestContext,
    @Arg('from', () => GraphQLISODateTime, { nullable: true }) from: Date | null,
    @Arg('to', () => GraphQLISODateTime, { nullable: true }) to: Date | null,
    @Arg('username', () => String, { nullable: true, description: 'Only this user, by name.' }) username: string | null,
  ): Promise<UsageRow[]> {
    checkSpan({ from, to }, ctx.clock.now(), ctx.language);
    return readRows(sqlOf(ctx.em), { from, to, username }, ctx.clock.now());
  }
}

@Resolver(() => Viewer)
export class ViewerStatisticsResolver {
  @AllowSelf()
  @FieldResolver(() => UsageSeries, { description: 'Own usage over time.' })
  usageSeries(@Ctx() ctx: RequestContext, @Arg('input', () => UsageSeriesInput) input: UsageSeriesInput): Promise<UsageSeries> {
    return readSeries(sqlOf(ctx.em), input, callerOf(ctx).userId);
  }

  @AllowSelf()
  @Directive(`@rest(method: GET, path: "/api/data/self", view: "LegacyQuotaData", envelope: LIST, bind: [${times}])`)
  @FieldResolver(() => [UsageRow], { description: 'Own hours and models between two instants, at most 30 days; without them the last 30 days.' })
  usageRows(
    @Ctx() ctx: RequestContext,
    @Arg('from', () => GraphQLISODateTime, { nullable: true }) from: Date | null,
    @Arg('to', () => GraphQLISODateTime, { nullable: true }) to: Date | null,
  ): Promise<UsageRow[]> {
    const asked = { from, to, userId: callerOf(ctx).userId };
    checkSpan(asked, ctx.clock.now(), ctx.language);
    return readRows(sqlOf(ctx.em), asked, ctx.clock.now());
  }
}
