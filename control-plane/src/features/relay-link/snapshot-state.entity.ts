import { t } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One row: the newest version of the picture. Versions only grow, also when Redis was wiped. */
@Check({ name: 'snapshot_state_single', expression: 'id = 1' })
@Entity({ tableName: 'snapshot_state' })
export class SnapshotState {
  @PrimaryKey({ type: t.integer, autoincrement: false })
  id!: number;

  @Property({ type: t.integer })
  version!: number;

  @Property({ type: t.string, length: 64 })
  hash!: string;
}
