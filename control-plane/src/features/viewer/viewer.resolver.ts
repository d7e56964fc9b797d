import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic, AllowSelf, Permission } from '../../kernel/permission.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  @AllowPublic()
  @Query(() => Viewer, { nullable: true, description: 'Null for somebody who is not signed in.' })
  async viewer(@Ctx() ctx: RequestContext): Promise<Viewer | null> {
    // Nobody stands behind an integration key.
    const user = ctx.principal && ctx.principal.credential !== 'integration-key' && (await ctx.em.findOne(User, ctx.principal.userId));
    return user ? new Viewer(user) : null;
  }

  @AllowSelf()
  @FieldResolver(() => [Permission], { description: 'What the role allows; the console asks for nothing else.' })
  permissions(@Ctx() ctx: RequestContext): readonly Permission[] {
    return ctx.principal?.permissions ?? [];
  }
}
