/** Counts attempts at a user's second factor (MFA-01), in the row itself: parallel guesses on all instances share one count. */
import type { Sql } from '../../database/sql.ts';

const mostFailures = 5;
const firstLockSeconds = 300;
const longestLockSeconds = 3_600;

/** Counts one before it is checked; false while the factor is locked. The fifth locks it unless it turns out right. */
export async function beginAttempt(sql: Sql, userId: number, now: Date): Promise<boolean> {
  const rows = await sql(`
    update two_factor set
      failures = case when locked_until is null then failures + 1 else 1 end,
      locked_until = case when locked_until is null and failures + 1 >= $3 then $2::timestamptz + make_interval(secs => least($5, $4 * power(2, lockouts))) end,
      lockouts = case when locked_until is null and failures + 1 >= $3 then least(lockouts + 1, 20) else lockouts end
    where user_id = $1 and (locked_until is null or locked_until <= $2) returning user_id`,
  [userId, now, mostFailures, firstLockSeconds, longestLockSeconds]);
  return rows.length > 0;
}

/** The attempt was right: the count starts anew. */
export async function attemptSucceeded(sql: Sql, userId: number): Promise<void> {
  await sql('update two_factor set failures = 0, lockouts = 0, locked_until = null where user_id = $1', [userId]);
}
