import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { notFound, refusal } from '../../kernel/words/refusal.ts';
import { reaches } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { refusesToManage } from './user-role-rules.ts';
import { User } from './user.entity.ts';

/** The user, or why the caller may not manage them. */
export async function findManageable(ctx: RequestContext, id: string): Promise<User | UserError> {
  const user = await ctx.em.findOne(User, { id: readId('user', id), deletedAt: null });
  if (!user || !reaches(ctx, user.id)) return notFound(ctx);
  const reason = refusesToManage(callerOf(ctx), user);
  return reason ? refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, ['id']) : user;
}
