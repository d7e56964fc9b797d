/** Who may act on whom (AUT-03): never on an equal or higher role, root on anyone but nobody disables or demotes root. */
import type { Principal } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { roles } from '../../kernel/permission.ts';

/** Undefined when the actor may manage the user. */
export function refusesToManage(actor: Principal, user: { id: number; role: number }): MessageCode | undefined {
  const isRootOnSelf = actor.role === roles.root && actor.userId === user.id;
  return actor.role > user.role || isRootOnSelf ? undefined : 'same_or_higher_role';
}

/** Undefined when the actor may give the role. There is one root, made at set-up; nobody becomes another. */
export function refusesRole(actor: Principal, role: number): MessageCode | undefined {
  if (role !== roles.user && role !== roles.admin) return 'role_invalid';
  return role < actor.role ? undefined : 'same_or_higher_role';
}
