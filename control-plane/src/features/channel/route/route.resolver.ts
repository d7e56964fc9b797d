import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { PageArgs } from '../../../kernel/list/page.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import type { AbilityList } from './ability-list.ts';
import { previewRoute } from './route-preview.service.ts';
import { AbilityConnection, AbilityFilter, RoutePreview } from './route.types.ts';

@Resolver()
export class RouteResolver {
  constructor(private readonly abilityList: AbilityList) {}

  @Allow(Permission.CHANNEL_READ)
  @Query(() => AbilityConnection, { description: 'Which channel serves which model to which group, by channel, group and model.' })
  abilities(@Ctx() ctx: RequestContext, @Arg('filter', () => AbilityFilter, { nullable: true }) filter: AbilityFilter | null, @Args(() => PageArgs) page: PageArgs) {
    return this.abilityList.page(ctx, filter ?? {}, page);
  }

  @Allow(Permission.CHANNEL_READ)
  @Query(() => RoutePreview, { description: 'Where a request would go. The group `auto` stands for the list of the option AutoGroups, whoever may use them.' })
  routePreview(
    @Ctx() ctx: RequestContext,
    @Arg('group', () => String) group: string,
    @Arg('model', () => String) model: string,
    @Arg('excludeChannelIds', () => [ID], { defaultValue: [] }) excludeChannelIds: string[],
  ): Promise<RoutePreview> {
    return previewRoute(ctx, { group, model, excludeChannelIds });
  }
}
