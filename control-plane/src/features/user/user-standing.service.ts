/** Whether somebody may come in, and as what: status, role, deletion. Each works at once, and none of them works on root. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { roles } from '../../kernel/permission.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { OkPayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { findManageable } from './find-manageable.ts';
import type { LogRange } from '../log/insert-logs.ts';
import { forget, forgetElsewhere } from './forget-user.ts';
import { deletionNote, noteStanding, roleNote, statusNote } from './note-standing.ts';
import { refusesRole } from './user-role-rules.ts';
import type { UserChange, UserWriter } from './user-writer.ts';
import { User, UserStatus } from './user.entity.ts';
import { UserDeletePayload, UserPayload } from './user.payloads.ts';

export class UserStandingService {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly writer: UserWriter, private readonly tell: (logs: LogRange) => void) {}

  /** Disabling ends sessions, closes sockets and tells relays. */
  async setStatus(ctx: RequestContext, id: string, status: UserStatus): Promise<UserPayload> {
    const user = await this.notRoot(ctx, id);
    if (!(user instanceof User)) return new UserPayload(null, [user]);
    user.status = status;
    return this.saveNoted(ctx, user, statusNote(user), status === UserStatus.DISABLED);
  }

  async setRole(ctx: RequestContext, id: string, role: number): Promise<UserPayload> {
    const user = await this.notRoot(ctx, id);
    if (!(user instanceof User)) return new UserPayload(null, [user]);
    const reason = refusesRole(callerOf(ctx), role) ?? (user.role === role ? 'role_unchanged' : undefined);
    if (reason) return new UserPayload(null, [refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, ['role'])]);
    user.role = role;
    return this.saveNoted(ctx, user, roleNote(user), true);
  }

  /** Ends every session; root may do it to itself, but for the one that asks. */
  async signOut(ctx: RequestContext, id: string): Promise<OkPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return new OkPayload([user]);
    const { userId, sessionId } = callerOf(ctx);
    return new OkPayload((await this.writer.save(ctx, user, { endSessions: true, except: user.id === userId ? sessionId : undefined })).userErrors);
  }

  /** @param forGood nothing of the person stays but the number: the name and the address are free again */
  async delete(ctx: RequestContext, id: string, forGood = false): Promise<UserDeletePayload> {
    const user = await this.notRoot(ctx, id);
    if (!(user instanceof User)) return new UserDeletePayload(null, [user]);
    return this.remove(ctx, forGood ? forget(user) : user, forGood ? (em) => forgetElsewhere(em, user) : undefined);
  }

  async deleteOwn(ctx: RequestContext): Promise<OkPayload> {
    const user = await ctx.em.findOneOrFail(User, callerOf(ctx).userId);
    if (user.role === roles.root) return new OkPayload([refusal(ctx, UserErrorCode.NOT_ALLOWED, 'root_protected')]);
    return new OkPayload((await this.remove(ctx, user)).userErrors);
  }

  /** Soft: charges and statements keep pointing at the row, and the name stays taken. */
  private async remove(ctx: RequestContext, user: User, also?: UserChange['also']): Promise<UserDeletePayload> {
    user.deletedAt = ctx.clock.now();
    user.accessTokenHash = null;
    const { user: saved, userErrors } = await this.saveNoted(ctx, user, deletionNote(), true, also);
    return new UserDeletePayload(saved, userErrors);
  }

  private async saveNoted(ctx: RequestContext, user: User, what: string, endSessions: boolean, also?: UserChange['also']): Promise<UserPayload> {
    let logs: LogRange | undefined;
    const payload = await this.writer.save(ctx, user, { endSessions, also: async (em) => { await also?.(em); logs = await noteStanding(em, ctx, user, what); } });
    if (logs && payload.user) this.tell(logs);
    return payload;
  }

  private async notRoot(ctx: RequestContext, id: string): Promise<User | UserError> {
    const user = await findManageable(ctx, id);
    return user instanceof User && user.role === roles.root ? refusal(ctx, UserErrorCode.NOT_ALLOWED, 'root_protected', ['id']) : user;
  }
}
