import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { requestLoader } from '../../../kernel/request-loader.ts';
import { JobPayload } from '../../job/job.types.ts';
import { Channel } from '../channel.entity.ts';
import { ChannelPayload } from '../channel.payloads.ts';
import type { ModelFetchService } from './model-fetch.ts';
import { ChannelBalancePayload, ModelFetchInput, ModelFetchPayload } from './model-fetch.types.ts';
import type { ProviderService } from './provider.service.ts';
import { diffOf, UpstreamDiff } from './upstream-diff.ts';
import { UpstreamModels } from './upstream-models.entity.ts';

async function loadUpstream({ em }: RequestContext, ids: readonly number[]): Promise<(UpstreamModels | null)[]> {
  const found = new Map((await em.find(UpstreamModels, { channelId: { $in: [...ids] } })).map((row) => [row.channelId, row]));
  return ids.map((id) => found.get(id) ?? null);
}

@Resolver(() => Channel)
export class ProviderResolver {
  constructor(private readonly models: ModelFetchService, private readonly service: ProviderService) {}

  @Allow(Permission.CHANNEL_WRITE)
  @Directive('@rest(method: GET, path: "/api/channel/fetch_models/{id}", view: "LegacyFetchedModels", sideEffect: true, bind: [{from: "path.id", to: "input.channelId"}])')
  @Directive('@rest(method: POST, path: "/api/channel/fetch_models", view: "LegacyProbedModels", bind: [{from: "body.base_url", to: "input.baseUrl"}, {from: "body.key", to: "input.credential"}])')
  @Mutation(() => ModelFetchPayload, { description: 'Asks the provider, through a relay. For a saved channel the answer is kept: `upstreamDiff` compares with it.' })
  channelModelsFetch(@Ctx() ctx: RequestContext, @Arg('input', () => ModelFetchInput) input: ModelFetchInput) {
    return this.models.fetch(ctx, input);
  }

  @Allow(Permission.CHANNEL_TEST)
  @Directive('@rest(method: GET, path: "/api/channel/update_balance/{id}", view: "LegacyBalance", sideEffect: true)')
  @Mutation(() => ChannelBalancePayload, { description: 'Asks the provider, through a relay, what is left.' })
  channelBalanceRefresh(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.refreshBalance(ctx, id);
  }

  @Allow(Permission.CHANNEL_TEST)
  @Directive('@rest(method: GET, path: "/api/channel/update_balance", envelope: MESSAGE, sideEffect: true)')
  @Mutation(() => JobPayload, { description: 'Asks for the balances of the channels that are named, or of all that are on. One whose money is gone is switched off, unless its errors may not do that.' })
  channelBalanceRefreshMany(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null) {
    return this.service.refreshBalances(ctx, ids);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Mutation(() => JobPayload, { description: 'Asks the providers of the channels that are named, or of all that are on, for their models.' })
  channelUpstreamDetect(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null) {
    return this.service.detect(ctx, ids);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Mutation(() => ChannelPayload, { description: 'Takes models into the channel or out of it, and says which differences are not told again.' })
  channelUpstreamApply(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('add', () => [String], { defaultValue: [] }) add: string[],
    @Arg('remove', () => [String], { defaultValue: [] }) remove: string[],
    @Arg('ignore', () => [String], { nullable: true, description: 'The whole list; absent: as it is.' }) ignore: string[] | null,
  ) {
    return this.service.apply(ctx, id, { add, remove, ignore });
  }

  @FieldResolver(() => UpstreamDiff, { nullable: true, description: 'Null before its provider was asked for models.' })
  async upstreamDiff(@Root() channel: Channel, @Ctx() ctx: RequestContext): Promise<UpstreamDiff | null> {
    const upstream = await requestLoader(ctx, loadUpstream).load(channel.id);
    return upstream && diffOf(channel, upstream);
  }
}
