import { Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { Provider } from '../relay-link/provider.entity.ts';
import { CredentialField } from '../relay-link/wire/relay-state.ts';
import type { ChannelList } from './channel-list.ts';

@ObjectType({ description: 'A provider that some relay offers: what a channel form needs to know of it.' })
export class ChannelType {
  @Field(() => Int, { description: 'Channel type number.' })
  id!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true, description: 'Used by a channel that gives none of its own.' })
  baseUrl?: string | null;

  @Field(() => [String])
  dialects!: string[];

  @Field(() => [CredentialField])
  credential!: CredentialField[];

  @Field(() => [String])
  suggestedModels!: string[];
}

@ObjectType()
export class KnownModel {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Name of the provider that suggests it.' })
  ownedBy!: string;

  @Field(() => [String])
  dialects!: string[];
}

@ObjectType()
export class TypeModels {
  @Field(() => Int, { description: 'Channel type number.' })
  type!: number;

  @Field(() => [String])
  models!: string[];
}

@Resolver()
export class ChannelFormResolver {
  constructor(private readonly list: ChannelList) {}

  @Allow(Permission.CHANNEL_READ)
  @Query(() => [ChannelType], { description: 'As the relays announced them; empty before the first relay has connected.' })
  async channelTypes(@Ctx() ctx: RequestContext): Promise<ChannelType[]> {
    const providers = await ctx.em.find(Provider, {}, { orderBy: { type: 'asc' } });
    return providers.map(({ type, info }) => Object.assign(new ChannelType(), info, { id: type }));
  }

  @Allow(Permission.CHANNEL_READ)
  @Directive('@rest(method: GET, path: "/api/channel/models", view: "LegacyKnownModel", envelope: LIST)')
  @Query(() => [KnownModel], { description: 'What the providers of the relays suggest, whether a channel serves it or not.' })
  async knownModels(@Ctx() ctx: RequestContext): Promise<KnownModel[]> {
    const providers = await ctx.em.find(Provider, {}, { orderBy: { type: 'asc' } });
    const models = providers.flatMap(({ info }) => info.suggestedModels.map((name) => [name, { name, ownedBy: info.name, dialects: info.dialects }] as const));
    return [...new Map(models.toReversed()).values()].toReversed();
  }

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/models", view: "LegacyTypeModels")')
  @Query(() => [TypeModels], { description: 'What the providers of the relays suggest, for each channel type.' })
  async suggestedModels(@Ctx() ctx: RequestContext): Promise<TypeModels[]> {
    const providers = await ctx.em.find(Provider, {}, { orderBy: { type: 'asc' } });
    return providers.map(({ type, info }) => ({ type, models: info.suggestedModels }));
  }

  @Allow(Permission.CHANNEL_READ)
  @Directive('@rest(method: GET, path: "/api/channel/models_enabled", envelope: LIST)')
  @Query(() => [String], { description: 'Models that some enabled channel serves.' })
  enabledModels(@Ctx() ctx: RequestContext) {
    return this.list.enabledModels(ctx);
  }
}
