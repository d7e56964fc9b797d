/** What an operator did to an account stands in its log, with the name of the operator (semantics 8.1). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { roles } from '../../kernel/permission.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { UserStatus, type User } from './user.entity.ts';

const roleNames = new Map<number, string>([[roles.user, 'a user'], [roles.admin, 'an administrator'], [roles.root, 'root']]);

export const statusNote = ({ status }: User): string => `${status === UserStatus.ENABLED ? 'enabled' : 'disabled'} the account`;
export const roleNote = ({ role }: User): string => `made the account that of ${roleNames.get(role) ?? `role ${role}`}`;
export const deletionNote = (): string => 'deleted the account';

/** In the transaction of `em`. Tell of the rows after the commit. */
export function noteStanding(em: EntityManager, ctx: RequestContext, user: User, what: string): Promise<LogRange | undefined> {
  const { userId, username } = callerOf(ctx), now = ctx.clock.now();
  return insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId: user.id, content: `${username} (${userId}) ${what}` }], now);
}
