/** What a form about a user may hold; every fault is told, in the language of the caller. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { largestQuota } from '../../kernel/limits.ts';
import { Permission, roles } from '../../kernel/permission.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { Group } from '../group/group.entity.ts';
import { isGuessablePassword } from './guessable-password.ts';
import { fitsPassword } from './password.ts';
import { isEmail, isUsername, lengthOf } from './user-fields.ts';
import { refusesRole } from './user-role-rules.ts';
import { User, UserStatus } from './user.entity.ts';
import type { UserPatch } from './user.inputs.ts';

export interface UserFields {
  username?: string | null;
  password?: string | null;
  displayName?: string | null;
  email?: string | null;
  group?: string | null;
  remark?: string | null;
}

const range = UserErrorCode.OUT_OF_RANGE, tooLong = UserErrorCode.TOO_LONG;

function checkForm(faults: Refusals, { username, password, displayName, email, remark }: UserFields): void {
  if (username != null) {
    const length = lengthOf(username);
    faults.unless(length >= 1 && length <= 20, 'username_length', ['input', 'username'], range, { min: '1', max: '20' });
    faults.unless(isUsername(username), 'username_characters', ['input', 'username']);
  }
  if (password != null) {
    faults.unless(fitsPassword(password), 'password_length', ['input', 'password'], range, { min: '8', max: '128' });
    faults.unless(!isGuessablePassword(password), 'password_common', ['input', 'password']);
  }
  if (displayName != null) faults.unless(lengthOf(displayName) <= 20, 'name_too_long', ['input', 'displayName'], tooLong, { max: '20' });
  if (remark != null) faults.unless(lengthOf(remark) <= 255, 'field_invalid', ['input', 'remark'], tooLong, { max: '255' });
  if (email != null) faults.unless(isEmail(email), 'email_malformed', ['input', 'email']);
}

/** @param self the user whom the form is about, when there is one already */
export async function checkUser(ctx: RequestContext, fields: UserFields, self?: User): Promise<Refusals> {
  const faults = new Refusals(ctx);
  checkForm(faults, fields);
  if (faults.any) return faults;
  const other = self && { id: { $ne: self.id } };
  const isFree = async (where: { username?: string; email?: string }) => (await ctx.em.count(User, { ...where, ...other })) === 0;
  if (fields.username != null) faults.unless(await isFree({ username: fields.username }), 'username_taken', ['input', 'username'], UserErrorCode.TAKEN);
  if (fields.email) faults.unless(await isFree({ email: fields.email.toLowerCase() }), 'email_taken', ['input', 'email'], UserErrorCode.TAKEN);
  if (fields.group != null) faults.unless((await ctx.em.count(Group, { name: fields.group })) > 0, 'group_unusable', ['input', 'group'], UserErrorCode.NOT_FOUND);
  return faults;
}

/** Role, status and balance too: what only those who manage users may change. */
export async function checkPatch(ctx: RequestContext, patch: UserPatch, user: User): Promise<Refusals> {
  const faults = await checkUser(ctx, patch, user), actor = callerOf(ctx), { role, status, quota } = patch, denied = UserErrorCode.NOT_ALLOWED;
  if (role != null && role !== user.role) {
    const reason = user.role === roles.root ? 'root_protected' : refusesRole(actor, role);
    if (reason) faults.unless(false, reason, ['input', 'role'], denied);
  }
  faults.unless(status !== UserStatus.DISABLED || user.role !== roles.root, 'root_protected', ['input', 'status'], denied);
  if (quota != null) {
    faults.unless(actor.permissions.includes(Permission.USER_QUOTA_WRITE), 'forbidden', ['input', 'quota'], denied);
    faults.unless(quota >= -largestQuota && quota <= largestQuota, 'quota_range', ['input', 'quota'], range, { min: String(-largestQuota), max: String(largestQuota) });
  }
  return faults;
}

const longestPreferences = 10_000;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

export function checkPreferences(ctx: RequestContext, sidebarModules: string | null | undefined): Refusals {
  const faults = new Refusals(ctx), path = ['input', 'sidebarModules'];
  if (!sidebarModules) return faults;
  faults.unless(sidebarModules.length <= longestPreferences, 'text_too_long', path, tooLong, { max: String(longestPreferences) });
  faults.unless(isJsonObject(sidebarModules), 'json_malformed', path);
  return faults;
}
