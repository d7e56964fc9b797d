import { t } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A setting that differs from its default. Values are text; the registry knows the type behind each key. */
@Entity({ tableName: 'site_option' })
export class StoredOption {
  @PrimaryKey({ type: t.string, length: 100 })
  key!: string;

  @Property({ type: t.text })
  value!: string;

  @Property({ type: t.datetime, length: 3 })
  updatedAt!: Date;

  @Property({ type: t.integer, nullable: true })
  updatedBy?: number | null;
}
