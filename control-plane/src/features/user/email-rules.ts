/** Which addresses the operator accepts (semantics 8.2). */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { listOf } from '../option/option-spec.ts';
import { flagOption, readOptions } from '../option/option-values.ts';
import { isEmail } from './user-fields.ts';
import { User } from './user.entity.ts';

/** One spelling for each address: that is what is stored and compared. */
export const normalEmail = (text: string): string => text.trim().toLowerCase();

/** @param email in its normal spelling. Also refuses one that an account has, a deleted one too. */
export async function checkNewEmail(ctx: RequestContext, faults: Refusals, email: string, path: string[]): Promise<void> {
  const isForm = email !== '' && isEmail(email);
  faults.unless(isForm, 'email_malformed', path);
  if (!isForm) return;
  const options = await readOptions(sqlOf(ctx.em), ['EmailDomainRestrictionEnabled', 'EmailDomainWhitelist', 'EmailAliasRestrictionEnabled']);
  const [local = '', domain = ''] = email.split('@');
  if (options.get('EmailDomainRestrictionEnabled') === 'true') {
    const allowed = listOf(options.get('EmailDomainWhitelist')!).map((one) => one.toLowerCase());
    faults.unless(allowed.includes(domain), 'email_domain', path, UserErrorCode.NOT_ALLOWED, { allowed });
  }
  if (options.get('EmailAliasRestrictionEnabled') === 'true') faults.unless(!/[+.]/.test(local), 'email_alias', path, UserErrorCode.NOT_ALLOWED);
  if (!faults.any) faults.unless((await ctx.em.count(User, { email })) === 0, 'email_taken', path, UserErrorCode.TAKEN);
}

/** An address that its owner types in: only while addresses need no code. None at all is fine. */
export async function checkOwnEmail(ctx: RequestContext, faults: Refusals, email: string): Promise<void> {
  const path = ['input', 'email'];
  if (await flagOption(sqlOf(ctx.em), 'EmailVerificationEnabled')) return faults.unless(false, 'email_needs_code', path, UserErrorCode.NOT_ALLOWED);
  if (email !== '') await checkNewEmail(ctx, faults, email, path);
}
