import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import type { GroupService } from '../group/group.service.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { ChannelList } from './channel-list.ts';

@Resolver(() => Viewer)
export class ViewerModelsResolver {
  constructor(private readonly list: ChannelList, private readonly groups: GroupService) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/models", envelope: LIST)')
  @Directive('@rest(method: GET, path: "/api/user/available_models", envelope: LIST)')
  @FieldResolver(() => [String], { description: 'Models that enabled channels serve to a group that the caller may choose; to this one, when it is given.' })
  async models(@Root() viewer: Viewer, @Ctx() ctx: RequestContext, @Arg('group', () => String, { nullable: true }) group?: string | null): Promise<string[]> {
    const usable = (await this.groups.usable(ctx.em, viewer.user.group)).map(({ name }) => name);
    return this.list.servedModels(ctx, group == null ? usable : usable.filter((name) => name === group));
  }
}
