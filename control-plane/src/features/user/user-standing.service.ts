/** Whether somebody may come in, and as what: status, role, deletion. Each works at once, and none of them works on root. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { roles } from '../../kernel/permission.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { OkPayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { findManageable } from './find-manageable.ts';
import { refusesRole } from './user-role-rules.ts';
import type { UserWriter } from './user-writer.ts';
import { User, UserStatus } from './user.entity.ts';
import { UserDeletePayload, UserPayload } from './user.payloads.ts';

export class UserStandingService {
  constructor(private readonly writer: UserWriter) {}

  /** Disabling ends sessions, closes sockets and tells relays. */
  async setStatus(ctx: RequestContext, id: string, status: UserStatus): Promise<UserPayload> {
    const user = await this.notRoot(ctx, id);
    if (!(user instanceof User)) return new UserPayload(null, [user]);
    user.status = status;
    return this.writer.save(ctx, user, { endSessions: status === UserStatus.DISABLED });
  }

  async setRole(ctx: RequestContext, id: string, role: number): Promise<UserPayload> {
    const user = await this.notRoot(ctx, id);
    if (!(user instanceof User)) return new UserPayload(null, [user]);
    const reason = refusesRole(callerOf(ctx), role) ?? (user.role === role ? 'role_unchanged' : undefined);
    if (reason) return new UserPayload(null, [refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, ['role'])]);
    user.role = role;
    return this.writer.save(ctx, user, { endSessions: true });
  }

  /** Ends every session; root may do it to itself, but for the one that asks. */
  async signOut(ctx: RequestContext, id: string): Promise<OkPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return new OkPayload([user]);
    const { userId, sessionId } = callerOf(ctx);
    return new OkPayload((await this.writer.save(ctx, user, { endSessions: true, except: user.id === userId ? sessionId : undefined })).userErrors);
  }

  async delete(ctx: RequestContext, id: string): Promise<UserDeletePayload> {
    const user = await this.notRoot(ctx, id);
    return user instanceof User ? this.remove(ctx, user) : new UserDeletePayload(null, [user]);
  }

  async deleteOwn(ctx: RequestContext): Promise<OkPayload> {
    const user = await ctx.em.findOneOrFail(User, callerOf(ctx).userId);
    if (user.role === roles.root) return new OkPayload([refusal(ctx, UserErrorCode.NOT_ALLOWED, 'root_protected')]);
    return new OkPayload((await this.remove(ctx, user)).userErrors);
  }

  /** Soft: charges and statements keep pointing at the row, and the name stays taken. */
  private async remove(ctx: RequestContext, user: User): Promise<UserDeletePayload> {
    user.deletedAt = ctx.clock.now();
    user.accessTokenHash = null;
    const { user: saved, userErrors } = await this.writer.save(ctx, user, { endSessions: true });
    return new UserDeletePayload(saved, userErrors);
  }

  private async notRoot(ctx: RequestContext, id: string): Promise<User | UserError> {
    const user = await findManageable(ctx, id);
    return user instanceof User && user.role === roles.root ? refusal(ctx, UserErrorCode.NOT_ALLOWED, 'root_protected', ['id']) : user;
  }
}
