import type { Sql } from '../../database/sql.ts';
import { roles } from '../../kernel/permission.ts';
import type { NotificationKind } from './notification.entity.ts';

/** Notes for every root user what happened to the instance; in the transaction of what happened. */
export async function noteForRoot(sql: Sql, kind: `${NotificationKind}`, facts: Readonly<Record<string, string>>, now: Date): Promise<void> {
  await sql('insert into notification (user_id, kind, facts, created_at, next_try_at) select id, $1, $2::jsonb, $3, $3 from user_account where role >= $4 and deleted_at is null', [kind, JSON.stringify(facts), now, roles.root]);
}
