import { Directive, FieldResolver, Resolver, Root, Ctx } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { Group } from './group.entity.ts';
import type { GroupService } from './group.service.ts';

@Resolver(() => Viewer)
export class ViewerGroupsResolver {
  constructor(private readonly service: GroupService) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/self/groups", view: "LegacyGroupMap")')
  @FieldResolver(() => [Group], { description: 'Groups that the caller may choose for a key.' })
  groups(@Root() viewer: Viewer, @Ctx() ctx: RequestContext) {
    return this.service.usable(ctx.em, viewer.user.group);
  }
}
