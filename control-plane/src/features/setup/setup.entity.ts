import { t } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One row once the instance is set up; its key lets exactly one of many racing set-ups win. */
@Check({ name: 'setup_once', expression: 'id = 1' })
@Entity({ tableName: 'setup' })
export class Setup {
  @PrimaryKey({ type: t.integer, autoincrement: false })
  id!: number;

  @Property({ type: t.datetime, length: 3 })
  completedAt!: Date;
}
