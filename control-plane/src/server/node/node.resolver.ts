import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Node } from '../../kernel/node.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { findNode } from './find-node.ts';

const mostIds = 100;

const isDenial = (fault: unknown): boolean => fault instanceof GraphQLError && (fault.extensions.code === 'FORBIDDEN' || fault.extensions.code === 'UNAUTHENTICATED');

@Resolver()
export class NodeResolver {
  @AllowPublic()
  @Query(() => Node, { nullable: true, description: 'What has this id, for those who may ask for it by its own field.' })
  node(@Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo, @Arg('id', () => ID) id: string): Promise<object | null> {
    return findNode(ctx, info, id);
  }

  @AllowPublic()
  @Query(() => [Node], { nullable: 'items', description: 'At most 100, in the order of the ids. What is not there, or not to be seen, is null; a missing right is told once.' })
  async nodes(@Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo, @Arg('ids', () => [ID]) ids: string[]): Promise<(object | null)[]> {
    if (ids.length > mostIds) throw new GraphQLError(`At most ${mostIds} ids at once`, { extensions: { code: 'BAD_USER_INPUT' } });
    const found: (object | null)[] = [];
    let isTold = false;
    for (const id of ids) {
      // An error that stands in a list is the error of its place, and the others are answered.
      const node = await findNode(ctx, info, id).catch((fault: unknown) => (fault instanceof Error ? fault : Promise.reject(fault as Error)));
      found.push(isDenial(node) && isTold ? null : node);
      isTold ||= isDenial(node);
    }
    return found;
  }
}
