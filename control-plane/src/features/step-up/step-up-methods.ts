/** What somebody can prove themselves with. A password is no second proof for somebody who has set up a factor. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { StepUpMethod } from './step-up-method.ts';

interface Held { password: boolean; app: boolean; codes: boolean; passkey: boolean }

export async function methodsOf(em: EntityManager, userId: number): Promise<StepUpMethod[]> {
  const [held] = await sqlOf(em)<Held>(`select u.password_hash like '$argon2%' as password,
    exists (select from two_factor f where f.user_id = u.id and f.enabled_at is not null) as app,
    exists (select from backup_code b where b.user_id = u.id) as codes,
    exists (select from passkey p where p.user_id = u.id) and exists (select from site_option o where o.key = 'passkey.enabled' and o.value = 'true') as passkey
    from user_account u where u.id = $1`, [userId]);
  const { PASSWORD, TOTP, BACKUP_CODE, PASSKEY } = StepUpMethod;
  const factors = [...(held?.passkey ? [PASSKEY] : []), ...(held?.app ? [TOTP] : []), ...(held?.app && held.codes ? [BACKUP_CODE] : [])];
  return factors.length || !held?.password ? factors : [PASSWORD];
}
