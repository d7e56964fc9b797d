import { Arg, Ctx, Directive, Field, GraphQLISODateTime, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { UserError } from '../../kernel/user-error.ts';
import { deleteLogs, type Deleted } from './delete-logs.ts';
import { insertLogRows } from './insert-logs.ts';
import { logRoutes } from './log-rest.ts';
import { logTypes } from './log-row.ts';

@ObjectType()
export class LogsDeletePayload {
  @Field(() => Int)
  deleted: number;

  @Field(() => Boolean, { description: 'False when there was more than one call may delete: call again.' })
  complete: boolean;

  @Field(() => [UserError])
  userErrors: UserError[] = [];

  constructor({ count, isComplete }: Deleted) {
    this.deleted = count;
    this.complete = isComplete;
  }
}

@Resolver()
export class LogDeleteResolver {
  @Allow(Permission.LOG_DELETE)
  @Directive(logRoutes.delete)
  @Mutation(() => LogsDeletePayload, { description: 'Deletes the rows that are older, for good, and notes that in the log. Charges and balances do not change.' })
  async logsDelete(@Ctx() ctx: RequestContext, @Arg('before', () => GraphQLISODateTime) before: Date): Promise<LogsDeletePayload> {
    const now = ctx.clock.now(), deleted = await deleteLogs(ctx.em, before, now);
    const content = `Deleted ${deleted.count} log rows from before ${before.toISOString()}`;
    await ctx.em.fork().transactional(async (em) => {
      await insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId: callerOf(ctx).userId, content }], now);
    });
    return new LogsDeletePayload(deleted);
  }
}
