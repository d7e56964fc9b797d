import { t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** Codes that were made together. One key of one maker makes one batch, for ever. */
@Unique({ properties: ['createdById', 'idempotencyKey'] })
@Entity({ tableName: 'redemption_batch' })
export class RedemptionBatch {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Property({ type: t.integer })
  createdById!: number;

  @Property({ type: t.string, length: 128 })
  idempotencyKey!: string;

  /** SHA-256 of what was asked for: a repeat with other input is refused. */
  @Property({ type: t.string, length: 64 })
  inputHash!: string;

  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;
}
