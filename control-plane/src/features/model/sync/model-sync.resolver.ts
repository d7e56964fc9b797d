import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { modelRoutes } from '../model-rest.ts';
import type { Locale } from './catalogue.ts';
import type { ModelSyncService } from './model-sync.service.ts';
import { CatalogueLocale, ModelSyncInput, ModelSyncPayload, ModelSyncPreview } from './model-sync.types.ts';

@Resolver()
export class ModelSyncResolver {
  constructor(private readonly service: ModelSyncService) {}

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.preview)
  @Query(() => ModelSyncPreview, { description: 'What a sync would make, and where rows differ from the catalogue of the option model_sync.url.' })
  modelSyncPreview(@Ctx() ctx: RequestContext, @Arg('locale', () => CatalogueLocale, { nullable: true }) locale: Locale | null) {
    return this.service.preview(ctx, locale ?? undefined);
  }

  @Allow(Permission.MODEL_WRITE)
  @Directive(modelRoutes.sync)
  @Mutation(() => ModelSyncPayload, { description: 'Makes rows for served models without metadata, and takes over the named fields of the named rows: all of it, or nothing.' })
  modelSync(@Ctx() ctx: RequestContext, @Arg('input', () => ModelSyncInput) input: ModelSyncInput) {
    return this.service.sync(ctx, input);
  }
}
