import { t } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The newest life of a relay that asked for quota. An older one gets nothing any more. */
@Entity({ tableName: 'relay_epoch' })
export class RelayEpoch {
  @PrimaryKey({ type: t.string, length: 64 })
  relayId!: string;

  @Property({ type: t.integer })
  epoch!: number;
}
