/** The rules of users: who may change whom, and what a change ends. */
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/events.ts';
import { roles } from '../../kernel/permission.ts';
import { notFound, refusal, staleVersion } from '../../kernel/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { UserErrorCode, type UserError } from '../../kernel/user-error.ts';
import { walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal } from '../ledger/movement.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { endSessionsOf } from '../session/session-store.ts';
import { hashPassword, isPassword } from './password.ts';
import { checkUser } from './user-check.ts';
import { refusesRole, refusesToManage } from './user-role-rules.ts';
import { User, UserStatus } from './user.entity.ts';
import type { UserCreateInput, UserPatch, ViewerPatch } from './user.inputs.ts';
import { UserPayload } from './user.payloads.ts';

const refused = (...errors: UserError[]): UserPayload => new UserPayload(null, errors);

export class UserService {
  constructor(private readonly ledger: LedgerService, private readonly events: Events) {}

  async create(ctx: RequestContext, input: UserCreateInput): Promise<UserPayload> {
    const actor = callerOf(ctx), role = input.role ?? roles.user;
    const faults = await checkUser(ctx, input);
    const refusedRole = refusesRole(actor, role);
    if (refusedRole) faults.unless(false, refusedRole, ['input', 'role'], UserErrorCode.NOT_ALLOWED);
    faults.unless((input.quota ?? 0n) >= 0n, 'quota_range', ['input', 'quota'], UserErrorCode.OUT_OF_RANGE, { min: '0' });
    if (faults.any) return refused(...faults.list);
    const user = new User();
    Object.assign(user, {
      username: input.username, displayName: input.displayName || input.username, email: input.email?.toLowerCase() ?? '', role, remark: input.remark ?? '',
      group: input.group ?? 'default', passwordHash: await hashPassword(input.password), createdAt: ctx.clock.now(),
    });
    return this.save(ctx, user, input.quota ?? 0n);
  }

  async update(ctx: RequestContext, id: string, patch: UserPatch, expectedVersion?: bigint | null): Promise<UserPayload> {
    const user = await this.manageable(ctx, id);
    if (!(user instanceof User)) return refused(user);
    const stale = staleVersion(ctx, user.version, expectedVersion);
    if (stale) return refused(stale);
    const faults = await checkUser(ctx, patch, user);
    const changesRole = patch.role != null && patch.role !== user.role;
    const refusedRole = changesRole ? (user.role === roles.root ? 'root_protected' : refusesRole(callerOf(ctx), patch.role!)) : undefined;
    if (refusedRole) faults.unless(false, refusedRole, ['input', 'role'], UserErrorCode.NOT_ALLOWED);
    if (faults.any) return refused(...faults.list);
    const { username, displayName, email, group, role, remark } = patch;
    for (const [key, value] of Object.entries({ username, displayName, email: email?.toLowerCase(), group, role, remark })) if (value != null) Object.assign(user, { [key]: value });
    if (patch.password != null) user.passwordHash = await hashPassword(patch.password);
    if (changesRole || patch.password != null) await this.signOutEverywhere(ctx, user);
    return this.save(ctx, user);
  }

  /** Disabling works at once: sessions end, sockets close, relays are told. */
  async setStatus(ctx: RequestContext, id: string, status: UserStatus): Promise<UserPayload> {
    const user = await this.manageable(ctx, id);
    if (!(user instanceof User)) return refused(user);
    if (user.role === roles.root) return refused(refusal(ctx, UserErrorCode.NOT_ALLOWED, 'root_protected', ['id']));
    user.status = status;
    if (status === UserStatus.DISABLED) await this.signOutEverywhere(ctx, user);
    return this.save(ctx, user);
  }

  /** The caller's own profile and password. */
  async updateOwn(ctx: RequestContext, patch: ViewerPatch): Promise<UserPayload> {
    const { userId, sessionId } = callerOf(ctx);
    const user = await ctx.em.findOneOrFail(User, userId);
    const faults = await checkUser(ctx, { displayName: patch.displayName }, user);
    if (patch.newPassword != null) {
      faults.list.push(...(await checkUser(ctx, { password: patch.newPassword }, user)).list.map((error) => Object.assign(error, { path: ['input', 'newPassword'] })));
      const knows = await isPassword(patch.currentPassword ?? '', user.passwordHash);
      faults.unless(knows, 'original_password_wrong', ['input', 'currentPassword']);
    }
    if (faults.any) return refused(...faults.list);
    if (patch.displayName != null) user.displayName = patch.displayName;
    if (patch.newPassword != null) {
      user.passwordHash = await hashPassword(patch.newPassword);
      await endSessionsOf(ctx.em, userId, sessionId);
      this.events.publish(callersChanged, userId);
    }
    return this.save(ctx, user);
  }

  /** The user, or why the caller may not manage them. */
  private async manageable(ctx: RequestContext, id: string): Promise<User | UserError> {
    const user = await ctx.em.findOne(User, { id: readId('user', id), deletedAt: null });
    if (!user) return notFound(ctx);
    const reason = refusesToManage(callerOf(ctx), user);
    return reason ? refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, ['id']) : user;
  }

  private async signOutEverywhere(ctx: RequestContext, user: User): Promise<void> {
    await endSessionsOf(ctx.em, user.id);
    this.events.publish(callersChanged, user.id);
  }

  /** Writes user, opening balance and the mark for relays in one transaction. A name taken in this moment is a refusal. */
  private async save(ctx: RequestContext, user: User, quota = 0n): Promise<UserPayload> {
    try {
      await ctx.em.transactional(async (em) => {
        await em.persist(user).flush();
        touch(em, 'user', user.id);
        if (quota > 0n) await this.open(em, user.id, quota, callerOf(ctx).userId);
      });
      return new UserPayload(user);
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) return refused(refusal(ctx, UserErrorCode.TAKEN, 'username_taken', ['input', 'username']));
      throw error;
    }
  }

  private async open(em: RequestContext['em'], userId: number, amount: bigint, actorId: number): Promise<void> {
    const moved = await this.ledger.credit(em, {
      account: walletOf(userId), counter: 'system:adjustment', kind: LedgerKind.GRANT, amount, reference: `opening:user:${userId}`, reason: 'Opening balance', actorId,
    });
    if (moved instanceof LedgerRefusal) throw new Error(`The opening balance was refused: ${moved.code}`);
  }
}
