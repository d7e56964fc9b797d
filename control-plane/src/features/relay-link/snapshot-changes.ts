/** How the rest of the control plane tells that relays must see something anew. */
import type { EntityManager } from '@mikro-orm/postgresql';
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
