import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { PageArgs } from '../../kernel/list/page.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { FacetCount } from '../channel/channel.payloads.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { Vendor } from '../vendor/vendor.entity.ts';
import type { ModelList } from './model-list.ts';
import { ModelMeta } from './model-meta.entity.ts';
import { modelRoutes } from './model-rest.ts';
import type { ModelUse } from './model-use.ts';
import type { ModelService } from './model.service.ts';
import { BoundChannel, ModelFilter, ModelMetaConnection, ModelOrder, ModelPatch, ModelPayload } from './model.types.ts';

async function loadVendors({ em }: RequestContext, ids: readonly number[]): Promise<(Vendor | null)[]> {
  const found = new Map((await em.find(Vendor, { id: { $in: [...ids] } })).map((vendor) => [vendor.id, vendor]));
  return ids.map((id) => found.get(id) ?? null);
}

@Resolver(() => ModelMeta)
export class ModelResolver {
  constructor(private readonly service: ModelService, private readonly list: ModelList, private readonly use: ModelUse) {}

  @Allow(Permission.MODEL_READ)
  @Directive(modelRoutes.get)
  @Query(() => ModelMeta, { nullable: true })
  model(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.list.one(ctx, id);
  }

  @Allow(Permission.MODEL_READ)
  @Directive(modelRoutes.list)
  @Directive(modelRoutes.search)
  @Query(() => ModelMetaConnection, { description: 'Newest first, unless an order is given.' })
  models(
    @Ctx() ctx: RequestContext,
    @Arg('filter', () => ModelFilter, { nullable: true }) filter: ModelFilter | null,
    @Arg('orderBy', () => ModelOrder, { nullable: true }) orderBy: ModelOrder | null,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return this.list.page(ctx, filter ?? {}, orderBy, page);
  }

  @Allow(Permission.MODEL_READ)
  @Directive(modelRoutes.missing)
  @Query(() => [String], { description: 'Models that enabled channels serve and that no row speaks of.' })
  missingModels(@Ctx() ctx: RequestContext) {
    return this.use.missing(ctx);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.create)
  @Mutation(() => ModelPayload)
  modelCreate(@Ctx() ctx: RequestContext, @Arg('input', () => ModelPatch) input: ModelPatch) {
    return this.service.create(ctx, input);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.update)
  @Mutation(() => ModelPayload)
  modelUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => ModelPatch) input: ModelPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.setEnabled)
  @Mutation(() => ModelPayload, { description: 'Shows or hides its models in the price list.' })
  modelSetEnabled(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('enabled', () => Boolean) enabled: boolean) {
    return this.service.update(ctx, id, { enabled }, null);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.delete)
  @Mutation(() => DeletePayload)
  modelDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.delete(ctx, id);
  }

  @FieldResolver(() => Vendor, { nullable: true })
  vendor(@Root() row: ModelMeta, @Ctx() ctx: RequestContext): Promise<Vendor | null> | null {
    return row.vendorId == null ? null : requestLoader(ctx, loadVendors).load(row.vendorId);
  }

  @FieldResolver(() => [String], { description: 'Models of enabled channels that the row speaks of.' })
  async matchedModels(@Root() row: ModelMeta, @Ctx() ctx: RequestContext): Promise<string[]> {
    return (await this.use.models(ctx, row)).map(({ model }) => model);
  }

  @FieldResolver(() => [String], { description: 'Groups that those are served to.' })
  groups(@Root() row: ModelMeta, @Ctx() ctx: RequestContext) {
    return this.use.groups(ctx, row);
  }

  @FieldResolver(() => [RelayPriceMode], { description: 'How those are paid for.' })
  priceModes(@Root() row: ModelMeta, @Ctx() ctx: RequestContext) {
    return this.use.priceModes(ctx, row);
  }

  @FieldResolver(() => [BoundChannel], { description: 'Enabled channels that serve those, at most 100.' })
  channels(@Root() row: ModelMeta, @Ctx() ctx: RequestContext) {
    return this.use.channels(ctx, row);
  }
}

@Resolver(() => ModelMetaConnection)
export class ModelFacetsResolver {
  constructor(private readonly list: ModelList) {}

  @FieldResolver(() => [FacetCount], { description: 'Rows of each vendor by its number, over all pages.' })
  vendorCounts(@Ctx() ctx: RequestContext) {
    return this.list.vendorCounts(ctx);
  }
}
