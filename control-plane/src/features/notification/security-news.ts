/** Tells users that the ways into their account have changed, by themselves or by an operator: in the transaction of the change. */
import type { Sql } from '../../database/sql.ts';

export enum SecurityAct { APP_ON = 'APP_ON', APP_OFF = 'APP_OFF', PASSKEY_ADDED = 'PASSKEY_ADDED', PASSKEY_REMOVED = 'PASSKEY_REMOVED', BOUND = 'BOUND', UNBOUND = 'UNBOUND' }

/** @param by the operator's name; left out for the user's own act */
export async function noteSecurity(sql: Sql, userId: number, act: SecurityAct, by: string | undefined, now: Date): Promise<void> {
  const facts = { act, ...(by !== undefined && { by }) };
  await sql(`insert into notification (user_id, kind, facts, created_at, next_try_at) values ($1, 'SECURITY', $2::jsonb, $3, $3)`, [userId, JSON.stringify(facts), now]);
}
