import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
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

  @Allow(Permission.GROUP_WRITE)
  @Mutation(() => GroupsPayload)
  groupsUpdate(@Ctx() ctx: RequestContext, @Arg('input', () => GroupsPatch) input: GroupsPatch) {
    return this.service.update(ctx, input);
  }
}
