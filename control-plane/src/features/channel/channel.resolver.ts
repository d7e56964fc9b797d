import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { dryRunArgument } from '../../kernel/bulk.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { JobPayload } from '../job/job.types.ts';
import { ProbeEndpoint } from '../relay-link/wire/lease.ts';
import { ChannelCredential } from './credential/channel-credential.entity.ts';
import type { ChannelList } from './channel-list.ts';
import { Channel } from './channel.entity.ts';
import { ChannelCreateInput, ChannelFilter, ChannelOrder, ChannelPatch } from './channel.inputs.ts';
import { ChannelConnection, ChannelCreatePayload, ChannelPayload, ChannelTestPayload, ModelMappingEntry } from './channel.payloads.ts';
import type { ChannelService } from './channel.service.ts';
import { channelBinds, listRoutes } from './channel-rest.ts';
import { credentialsOf } from './credential/credentials-of.ts';
import type { ChannelTestService } from './test/channel-test.service.ts';

@Resolver(() => Channel)
export class ChannelResolver {
  constructor(private readonly service: ChannelService, private readonly list: ChannelList, private readonly tests: ChannelTestService) {}

  @Allow(Permission.CHANNEL_READ)
  @Directive('@rest(method: GET, path: "/api/channel/{id}", view: "LegacyChannel")')
  @Query(() => Channel, { nullable: true })
  channel(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.list.one(ctx, id);
  }

  @Allow(Permission.CHANNEL_READ)
  @Directive(listRoutes[0])
  @Directive(listRoutes[1])
  @Directive(listRoutes[2])
  @Directive(listRoutes[3])
  @Query(() => ChannelConnection, { description: 'By priority, highest first, unless an order is given.' })
  channels(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => ChannelFilter, { nullable: true }) filter: ChannelFilter | null,
    @Arg('orderBy', () => ChannelOrder, { nullable: true }) orderBy: ChannelOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('byTag', () => Boolean, { defaultValue: false, description: 'Page over tags, which `offset`, `first` and the total count then: the nodes are all channels of the filter that carry one of them.' }) byTag: boolean,
  ) {
    return byTag ? this.list.tagPage(ctx, filter ?? {}, orderBy, page) : this.list.page(ctx, filter ?? {}, orderBy, page);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(`@rest(method: POST, path: "/api/channel/", view: "LegacyCreatedChannels", when: "body.channel", bind: [${channelBinds('body.channel')}, {from: "body.batch_add_set_key_prefix_2_name", to: "input.keyInName"}])`)
  @Directive(`@rest(method: POST, path: "/api/channel/", view: "LegacyCreatedChannels", when: "!body.channel", bind: [${channelBinds('body')}])`)
  @Mutation(() => ChannelCreatePayload)
  channelCreate(@Ctx() ctx: RequestContext, @Arg('input', () => ChannelCreateInput) input: ChannelCreateInput) {
    return this.service.create(ctx, input);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(`@rest(method: PUT, path: "/api/channel/", view: "LegacyChannel", when: "body.key_mode != 'append'", bind: [{from: "body.id", to: "id"}, ${channelBinds('body')}])`)
  @Directive(`@rest(method: PUT, path: "/api/channel/", view: "LegacyChannel", when: "body.key_mode == 'append'", bind: [{from: "body.id", to: "id"}, ${channelBinds('body', 'appendCredentials')}])`)
  @Mutation(() => ChannelPayload)
  channelUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => ChannelPatch) input: ChannelPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive('@rest(method: DELETE, path: "/api/channel/{id}", envelope: MESSAGE)')
  @Mutation(() => DeletePayload)
  channelDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean) {
    return this.service.delete(ctx, id, dryRun);
  }

  @Allow(Permission.CHANNEL_TEST)
  @Directive('@rest(method: GET, path: "/api/channel/test/{id}", view: "LegacyChannelTest", sideEffect: true)')
  @Mutation(() => ChannelTestPayload, { description: 'A relay sends one small request through the channel. Costs what the provider asks for it.' })
  channelTest(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('model', () => String, { nullable: true }) model: string | null,
    @Arg('endpointType', () => ProbeEndpoint, { nullable: true, description: 'Null: chat, as OpenAI has it.' }) endpointType: ProbeEndpoint | null,
  ) {
    return this.tests.test(ctx, id, model, endpointType);
  }

  @Allow(Permission.CHANNEL_TEST)
  @Directive('@rest(method: GET, path: "/api/channel/test", envelope: MESSAGE, sideEffect: true)')
  @Mutation(() => JobPayload, { description: 'Tests channels in the background: those that are named, at most 1,000, or every one that no person has switched off. One run at a time.' })
  channelTestMany(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null) {
    return this.tests.testMany(ctx, ids);
  }

  @FieldResolver(() => [ChannelCredential], { description: 'Masked. The secrets cannot be read.' })
  credentials(@Root() channel: Channel, @Ctx() ctx: RequestContext) {
    return requestLoader(ctx, credentialsOf).load(channel.id);
  }

  @FieldResolver(() => [ModelMappingEntry])
  modelMapping(@Root() channel: Channel): ModelMappingEntry[] {
    return Object.entries(channel.modelMapping).map(([from, to]) => ({ from, to }));
  }
}
