/** How the rest of the control plane tells that relays must see something anew. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Sql } from '../../database/sql.ts';
import { SnapshotChange, type ResourceKind } from './snapshot-change.entity.ts';

/**
 * Marks an object of the picture as changed (also: created, deleted). It is written by the next flush of `em`, in the
 * same transaction as the change itself, so that no relay can miss what was committed. Call it before that flush.
 *
 * @param id what stands behind the colon of the resource key: a row's number, the name of a group, a model, `site`
 */
export function touch(em: EntityManager, kind: ResourceKind, id: number | string): void {
  em.persist(em.create(SnapshotChange, { kind, key: String(id) }));
}

/** As `touch`, for many at once and written now: `sql` must run in the transaction of the change. */
export async function touchMany(sql: Sql, kind: ResourceKind, ids: readonly (number | string)[]): Promise<void> {
  if (ids.length) await sql('insert into snapshot_change (kind, key) select $1, key from unnest($2::text[]) as key', [kind, ids.map(String)]);
}
