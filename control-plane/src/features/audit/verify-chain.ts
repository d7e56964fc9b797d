import type { Sql } from '../../database/sql.ts';

export interface ChainReport {
  /** Events that were read. */
  events: number;
  /** The first event that is not what was written, or that follows one that is missing; undefined: all is well. */
  brokenAt: number | undefined;
}

/** Events whose hash is not that of what they hold and of the one before them. */
export const brokenLinks = `select id from (
    select e.id, e.hash, audit_event_hash(coalesce(lag(e.hash) over (order by e.id), ''::bytea), e) as expected from audit_event e) chained where hash <> expected`;

/** Reads the whole chain. */
export async function verifyChain(sql: Sql): Promise<ChainReport> {
  const [found] = await sql<{ events: number; broken: number | null }>(
    `select (select count(*)::int from audit_event) as events, (select min(id)::float8 from (${brokenLinks}) broken) as broken`);
  return { events: found?.events ?? 0, brokenAt: found?.broken ?? undefined };
}
