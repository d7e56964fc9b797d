/** Making users and changing what is known of them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { roles } from '../../kernel/permission.ts';
import { staleVersion } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import type { BalanceSetter } from '../ledger/balance-setter.ts';
import { requireStepUp } from '../step-up/require-step-up.ts';
import { checkOwnEmail, normalEmail } from './email-rules.ts';
import { findManageable } from './find-manageable.ts';
import { hashPassword, isPassword } from './password.ts';
import { checkPatch, checkPreferences, checkUser } from './user-check.ts';
import { refusesRole } from './user-role-rules.ts';
import type { UserWriter } from './user-writer.ts';
import { User, UserStatus } from './user.entity.ts';
import type { PreferencesPatch, UserCreateInput, UserPatch, ViewerPatch } from './user.inputs.ts';
import { UserPayload } from './user.payloads.ts';

const refused = (...errors: UserError[]): UserPayload => new UserPayload(null, errors);

export class UserService {
  constructor(private readonly writer: UserWriter, private readonly balances: BalanceSetter) {}

  async create(ctx: RequestContext, input: UserCreateInput): Promise<UserPayload> {
    const actor = callerOf(ctx), role = input.role ?? roles.user, quota = input.quota ?? 0n;
    const faults = await checkUser(ctx, input);
    const refusedRole = refusesRole(actor, role);
    if (refusedRole) faults.unless(false, refusedRole, ['input', 'role'], UserErrorCode.NOT_ALLOWED);
    faults.unless(quota >= 0n, 'quota_range', ['input', 'quota'], UserErrorCode.OUT_OF_RANGE, { min: '0' });
    if (faults.any) return refused(...faults.list);
    const user = new User();
    Object.assign(user, {
      username: input.username, displayName: input.displayName || input.username, email: input.email?.toLowerCase() ?? '', role, remark: input.remark ?? '',
      group: input.group ?? 'default', passwordHash: await hashPassword(input.password), createdAt: ctx.clock.now(),
    });
    return this.writer.save(ctx, user, { also: (em: EntityManager) => this.balances.open(em, user.id, quota, actor.userId) });
  }

  async update(ctx: RequestContext, id: string, patch: UserPatch, expectedVersion?: bigint | null): Promise<UserPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return refused(user);
    const stale = staleVersion(ctx, user.version, expectedVersion, user);
    if (stale) return refused(stale);
    const faults = await checkPatch(ctx, patch, user);
    if (faults.any) return refused(...faults.list);
    const changesRole = patch.role != null && patch.role !== user.role;
    if (changesRole) await requireStepUp({ strict: false }, ctx);
    const endSessions = patch.password != null || changesRole || patch.status === UserStatus.DISABLED;
    const { username, displayName, email, group, role, remark, status, quota } = patch;
    if (email != null && email.toLowerCase() !== user.email) user.emailVerifiedAt = null;
    for (const [key, value] of Object.entries({ username, displayName, email: email?.toLowerCase(), group, role, remark, status })) if (value != null) Object.assign(user, { [key]: value });
    if (patch.password != null) user.passwordHash = await hashPassword(patch.password);
    const money = quota == null ? undefined : this.balances.setting(ctx, user, quota);
    const payload = await this.writer.save(ctx, user, { endSessions, also: money?.post });
    if (payload.user) money?.announce();
    return payload;
  }

  /** The caller's own profile and password. A new password ends the other sessions. */
  async updateOwn(ctx: RequestContext, patch: ViewerPatch, expectedVersion?: bigint | null): Promise<UserPayload> {
    const { userId, sessionId } = callerOf(ctx), { username, displayName, email, newPassword } = patch;
    const user = await ctx.em.findOneOrFail(User, userId), stale = staleVersion(ctx, user.version, expectedVersion, user);
    if (stale) return refused(stale);
    const faults = await checkUser(ctx, { username, displayName }, user);
    if (email != null && normalEmail(email) !== user.email) await checkOwnEmail(ctx, faults, normalEmail(email));
    if (newPassword != null) {
      faults.list.push(...(await checkUser(ctx, { password: newPassword }, user)).list.map((error) => Object.assign(error, { path: ['input', 'newPassword'] })));
      const knows = await isPassword(patch.currentPassword ?? '', user.passwordHash);
      faults.unless(knows, 'original_password_wrong', ['input', 'currentPassword']);
    }
    if (faults.any) return refused(...faults.list);
    if (email != null && normalEmail(email) !== user.email) Object.assign(user, { email: normalEmail(email), emailVerifiedAt: null });
    for (const [key, value] of Object.entries({ username, displayName })) if (value != null) Object.assign(user, { [key]: value });
    if (newPassword != null) user.passwordHash = await hashPassword(newPassword);
    return this.writer.save(ctx, user, { endSessions: newPassword != null, except: sessionId });
  }

  /** What the caller's console looks like to them. */
  async updatePreferences(ctx: RequestContext, { sidebarModules }: PreferencesPatch, expectedVersion?: bigint | null): Promise<UserPayload> {
    const user = await ctx.em.findOneOrFail(User, callerOf(ctx).userId), faults = checkPreferences(ctx, sidebarModules), stale = staleVersion(ctx, user.version, expectedVersion, user);
    if (stale) return refused(stale);
    if (faults.any) return refused(...faults.list);
    if (sidebarModules != null) user.sidebarModules = sidebarModules;
    return this.writer.save(ctx, user);
  }
}
