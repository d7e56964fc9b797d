/**
 * Notes whose balance is below the one at which they want to be warned, in the transaction that charged them: once for each fall,
 * and once a day for who goes on spending down there, or has named another balance since.
 */

/** Balances of one wallet around a settlement, quota units. */
export interface BalanceStep { id: number; before: bigint; after: bigint }

/** What the option is when nobody has set it. */
const usualThreshold = 1_000;

/**
 * A part of the settlement's one write: a statement of its own would cost each batch a round trip, for what happens rarely.
 *
 * @param steps the parameter with the `BalanceStep`s as jsonb
 * @param at the parameter with the time
 */
export const lowBalanceInsert = (steps: string, at: string): string => `
  insert into notification (user_id, kind, facts, created_at, next_try_at)
  select step.id, 'QUOTA_LOW', jsonb_build_object('balance', step.after::text, 'threshold', bound.threshold::text), ${at}::timestamptz, ${at}::timestamptz
  from jsonb_to_recordset(${steps}::jsonb) as step (id int, before bigint, after bigint)
  left join notify_setting setting on setting.user_id = step.id
  cross join lateral (select coalesce(setting.low_quota_threshold, (select value::bigint from site_option where key = 'QuotaRemindThreshold'), ${usualThreshold}) as threshold) bound
  where step.after < bound.threshold and (step.before >= bound.threshold or not exists (
    select from notification n where n.user_id = step.id and n.kind = 'QUOTA_LOW' and n.created_at > ${at}::timestamptz - interval '1 day' and n.facts->>'threshold' = bound.threshold::text))`;
