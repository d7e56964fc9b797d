import { t } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Job } from '../job/job.entity.ts';

/** What a bulk found in one row and what it left there, for a day. Goes with its job, or when it is put back. */
@Index({ properties: ['rowId'] })
@Entity({ tableName: 'bulk_row' })
export class BulkRow {
  @ManyToOne(() => Job, { mapToPk: true, primary: true, deleteRule: 'cascade', fieldName: 'job_id' })
  jobId!: number;

  @PrimaryKey({ type: t.integer })
  rowId!: number;

  @Property({ type: t.json })
  before!: object;

  /** Null inside the transaction of the bulk only. */
  @Property({ type: t.json, nullable: true })
  after?: object | null;

  /** Version of the row, as the bulk found it. */
  @Property({ type: t.integer })
  found!: number;

  /** And as the bulk left it. */
  @Property({ type: t.integer })
  version!: number;
}
