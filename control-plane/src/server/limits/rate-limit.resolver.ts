import { Ctx, Field, Float, GraphQLISODateTime, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { sizeFor } from './charge.ts';

@ObjectType({ description: 'The bucket that the caller\'s operations draw on.' })
export class RateLimit {
  @Field(() => Int, { description: 'Points of a full bucket.' })
  limit!: number;

  @Field(() => Int, { description: 'What this operation was charged.' })
  cost!: number;

  @Field(() => Int, { description: 'Points left.' })
  remaining!: number;

  @Field(() => Float, { description: 'Points that come back each second.' })
  restoreRate!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it is full again if nothing more is asked.' })
  resetAt!: Date;

  @Field(() => Int, { description: 'Fields that this operation may resolve, pages counted once.' })
  nodeCount!: number;
}

@Resolver()
export class RateLimitResolver {
  @AllowPublic()
  @Query(() => RateLimit)
  rateLimit(@Ctx() ctx: RequestContext): RateLimit {
    const { capacity, perSecond } = sizeFor(ctx.principal), { requested = 0, remaining = capacity, nodes = 0 } = ctx.cost ?? {};
    const resetAt = new Date(ctx.clock.now().getTime() + Math.ceil((capacity - remaining) / perSecond * 1_000));
    return { limit: capacity, cost: requested, remaining, restoreRate: perSecond, resetAt, nodeCount: nodes };
  }
}
