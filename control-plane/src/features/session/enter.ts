/** The last step of every way to sign in: the account's standing, the session, the cookie. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { permissionsOf } from '../../kernel/permission.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { UserStatus, type User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { beginSession } from './session-store.ts';
import { SessionPayload } from './session.payloads.ts';

/** Told only to somebody who has shown that the account is theirs. */
export const refuseStanding = (ctx: RequestContext, { status }: User): UserError | undefined =>
  status === UserStatus.ENABLED ? undefined : refusal(ctx, UserErrorCode.DISABLED, 'user_disabled');

/** Sets the cookie and the request's principal. */
export async function enter(ctx: RequestContext, user: User): Promise<SessionPayload> {
  const refused = refuseStanding(ctx, user);
  if (refused) return new SessionPayload(null, [refused]);
  // No entity write: two sign-ins at once would be a conflict of versions, though neither changes the other.
  await sqlOf(ctx.em)('update user_account set last_login_at = $2 where id = $1', [user.id, ctx.clock.now()]);
  const { id: sessionId, createdAt } = await beginSession(ctx, user.id), { id: userId, username, role } = user;
  ctx.principal = { userId, username, role, permissions: permissionsOf(role), credential: 'session', sessionId, signedInAt: createdAt.getTime() };
  return new SessionPayload(new Viewer(user));
}
