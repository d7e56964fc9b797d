/** Notes who fell below the balance at which they want to be warned: in the transaction that charged them, so once for each fall. */
import type { Sql } from '../../database/sql.ts';

/** Balances of one wallet around a settlement. */
export interface BalanceStep { userId: number; before: bigint; after: bigint }

const statement = `
  insert into notification (user_id, kind, facts, created_at, next_try_at)
  select step.id, 'QUOTA_LOW', jsonb_build_object('balance', step.after::text, 'threshold', bound.threshold::text), $2, $2
  from jsonb_to_recordset($1::jsonb) as step (id int, before bigint, after bigint)
  left join notify_setting setting on setting.user_id = step.id
  cross join lateral (select coalesce(setting.low_quota_threshold, (select value::bigint from site_option where key = 'QuotaRemindThreshold'), $3::bigint) as threshold) bound
  where step.after < bound.threshold and step.before >= bound.threshold`;

/** What the option is when nobody has set it. */
const usualThreshold = 1_000;

export async function noteLowBalances(sql: Sql, steps: readonly BalanceStep[], now: Date): Promise<void> {
  const falls = steps.filter(({ before, after }) => after < before);
  if (falls.length === 0) return;
  await sql(statement, [JSON.stringify(falls.map(({ userId, before, after }) => ({ id: userId, before: before.toString(), after: after.toString() }))), now, usualThreshold]);
}
