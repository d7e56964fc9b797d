import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../database/sql.ts';
import type { ResourceKind } from './snapshot-change.entity.ts';

const lookEachMs = 20, patienceMs = 2_000;

/**
 * The version of the picture that has all that was committed for an object before the call. Waits for the publisher, 2 s at
 * most: without one the version is that of before.
 *
 * @param key as in `touch`
 * @returns 0 when nothing was ever published
 */
export async function publishedVersion(sql: Sql, kind: ResourceKind, key: number | string): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += lookEachMs) {
    const [row] = await sql<{ waits: boolean; version: number | null }>(
      'select exists (select from snapshot_change where kind = $1 and key = $2) as waits, (select version from snapshot_state) as version', [kind, String(key)]);
    if (!row!.waits || waitedMs >= patienceMs) return row!.version ?? 0;
    await sleep(lookEachMs);
  }
}
