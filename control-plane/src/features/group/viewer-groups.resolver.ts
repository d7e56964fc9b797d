import { Directive, FieldResolver, Resolver, Root, Ctx } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { textOption } from '../option/option-values.ts';
import { Group } from './group.entity.ts';
import { GroupChoice } from './group.types.ts';
import type { GroupService } from './group.service.ts';

@Resolver(() => Viewer)
export class ViewerGroupsResolver {
  constructor(private readonly service: GroupService) {}

  @AllowSelf()
  @FieldResolver(() => [Group], { description: 'Groups that the caller may choose for a key.' })
  groups(@Root() viewer: Viewer, @Ctx() ctx: RequestContext) {
    return this.service.usable(ctx.em, viewer.user.group);
  }

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/self/groups", view: "LegacyGroupChoices")')
  @FieldResolver(() => [GroupChoice], { description: 'The same, with `auto`, which stands for the first of them that serves.' })
  async groupChoices(@Root() viewer: Viewer, @Ctx() ctx: RequestContext): Promise<GroupChoice[]> {
    const groups = await this.service.usable(ctx.em, viewer.user.group), description = await textOption(sqlOf(ctx.em), 'auto_group.description');
    const named = groups.map((group) => ({ name: group.name, ratio: group.ratio, description: group.description || group.name }));
    return [...named, { name: 'auto', ratio: null, description: description || 'auto' }];
  }
}
