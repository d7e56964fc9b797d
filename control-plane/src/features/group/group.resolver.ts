import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, AllowPublic, Permission } from '../../kernel/permission.ts';
import { Group } from './group.entity.ts';
import type { GroupService } from './group.service.ts';
import { GroupsPatch, GroupsPayload } from './group.types.ts';

@Resolver()
export class GroupResolver {
  constructor(private readonly service: GroupService) {}

  @Allow(Permission.GROUP_READ)
  @Directive('@rest(method: GET, path: "/api/group/", view: "LegacyGroupName", envelope: LIST)')
  @Query(() => [Group])
  groups(@Ctx() ctx: RequestContext) {
    return this.service.all(ctx.em);
  }

  @AllowPublic()
  @Directive(`@rest(method: GET, path: "/api/user/groups", auth: [NONE], view: "LegacyGroupName", envelope: LIST, when: "query.detail != 'true'")`)
  @Directive(`@rest(method: GET, path: "/api/user/groups", auth: [NONE], view: "LegacyGroupMap", when: "query.detail == 'true'")`)
  @Query(() => [Group], { description: 'Groups that any user may choose for a key.' })
  selectableGroups(@Ctx() ctx: RequestContext) {
    return this.service.selectable(ctx.em);
  }

  @Allow(Permission.GROUP_WRITE)
  @Mutation(() => GroupsPayload)
  groupsUpdate(@Ctx() ctx: RequestContext, @Arg('input', () => GroupsPatch) input: GroupsPatch) {
    return this.service.update(ctx, input);
  }
}
