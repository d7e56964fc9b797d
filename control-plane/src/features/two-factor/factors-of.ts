import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';

export interface Factors { id: number; app: boolean; passkeys: number }

/** Batch for requestLoader: which factors many users have, in one query. */
export async function factorsOf({ em }: RequestContext, userIds: readonly number[]): Promise<Factors[]> {
  const rows = await sqlOf(em)<Factors>(`select u.id, exists (select from two_factor f where f.user_id = u.id and f.enabled_at is not null) as app,
    (select count(*) from passkey p where p.user_id = u.id)::int as passkeys from unnest($1::int[]) as u(id)`, [[...userIds]]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return userIds.map((id) => byId.get(id)!);
}
