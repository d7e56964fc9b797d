import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { expectedOfList, tellsVersion, versionOf } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import { dryRunArgument } from '../../kernel/bulk.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, AllowPublic, Permission } from '../../kernel/permission.ts';
import { Int64 } from '../../kernel/scalars.ts';
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
  @Directive(`@rest(method: GET, path: "/api/user/groups", auth: [NONE], view: "LegacyGroupName", envelope: LIST, when: "query.detail not in 'true', '1'")`)
  @Directive(`@rest(method: GET, path: "/api/user/groups", auth: [NONE], view: "LegacyGroupMap", when: "query.detail in 'true', '1'")`)
  @Query(() => [Group], { description: 'Groups that any user may choose for a key.' })
  selectableGroups(@Ctx() ctx: RequestContext) {
    return this.service.selectable(ctx.em);
  }

  @Allow(Permission.GROUP_WRITE)
  @Mutation(() => GroupsPayload, { description: 'Makes, changes and removes groups: all of it, or nothing.' })
  groupsUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => GroupsPatch, { description: 'What to make, change and remove.' }) input: GroupsPatch,
    @Arg('dryRun', () => Boolean, dryRunArgument) dryRun: boolean,
    @Arg('expectedVersion', () => Int64, expectedOfList) expectedVersion: bigint | null,
  ) {
    return this.service.update(ctx, input, { dryRun, expectedVersion });
  }

  @Allow(Permission.GROUP_READ)
  @Query(() => Int64, { description: tellsVersion })
  groupsVersion(@Ctx() ctx: RequestContext): Promise<number> {
    return versionOf(sqlOf(ctx.em), 'groups');
  }
}
