import { PrimaryKeyProp, t } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** How far the records of one life of a relay are posted. The next record must be the one after. */
@Entity({ tableName: 'relay_cursor' })
export class RelayCursor {
  [PrimaryKeyProp]?: ['relayId', 'epoch'];

  @PrimaryKey({ type: t.string, length: 64 })
  relayId!: string;

  @PrimaryKey({ type: t.integer, autoincrement: false })
  epoch!: number;

  @Property({ type: t.integer })
  sequence!: number;
}
