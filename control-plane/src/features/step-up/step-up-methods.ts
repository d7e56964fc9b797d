/** What somebody can prove themselves with. A password is no second proof for somebody who has set up a factor. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { StepUpMethod } from './step-up-method.ts';

interface Held { password: boolean; app: boolean; codes: boolean }

export async function methodsOf(em: EntityManager, userId: number): Promise<StepUpMethod[]> {
  const [held] = await sqlOf(em)<Held>(`select u.password_hash like '$argon2%' as password,
    exists (select from two_factor f where f.user_id = u.id and f.enabled_at is not null) as app,
    exists (select from backup_code b where b.user_id = u.id) as codes from user_account u where u.id = $1`, [userId]);
  const { PASSWORD, TOTP, BACKUP_CODE } = StepUpMethod;
  if (held?.app) return held.codes ? [TOTP, BACKUP_CODE] : [TOTP];
  return held?.password ? [PASSWORD] : [];
}
