import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Job } from '../job/job.entity.ts';

export enum ExportKind { LOGS = 'LOGS' }
registerEnumType(ExportKind, { name: 'ExportKind', description: 'What the rows of an export are.', valuesConfig: { LOGS: { description: 'Rows of the log.' } } });

export enum ExportFormat { CSV = 'CSV', JSONL = 'JSONL' }
registerEnumType(ExportFormat, {
  name: 'ExportFormat', description: 'How a file is written.',
  valuesConfig: { CSV: { description: 'RFC 4180, with a heading; a cell that a spreadsheet would take for a formula begins with an apostrophe.' }, JSONL: { description: 'One JSON object a line.' } },
});

@ObjectType({ implements: Node, description: 'A file of rows that a job makes. Follow `job` with jobProgress.' })
@Entity({ tableName: 'export' })
@Index({ properties: ['requestedById', 'id'] })
export class Export {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id', description: 'Typed id, such as exp_42.' })
  get globalId(): string & Opt { return typedId('export', this.id); }

  @Field(() => ExportKind, { description: 'What its rows are.' })
  @Property({ type: t.string, length: 20 })
  kind!: ExportKind;

  @Field(() => ExportFormat, { description: 'How it is written.' })
  @Property({ type: t.string, length: 20 })
  format!: ExportFormat;

  /** What was asked for, as `read-asked.ts` reads it. */
  @Property({ type: t.json })
  asked!: object;

  @Field(() => Boolean, { description: 'Whether the file is compressed.' })
  @Property({ type: t.boolean, default: false })
  gzip: boolean & Opt = false;

  @ManyToOne(() => Job, { mapToPk: true, deleteRule: 'cascade', fieldName: 'job_id' })
  jobId!: number;

  @Property({ type: t.integer })
  requestedById!: number;

  /** Of the integration key that asked; null for a person. */
  @Property({ type: t.integer, nullable: true })
  keyId?: number | null;

  @Field(() => Int64, { nullable: true, description: 'Rows in it; null until it is made.' })
  @Property({ type: new BigIntType('number'), nullable: true })
  rows?: number | null;

  @Field(() => Int64, { nullable: true, description: 'Bytes of the file as it is downloaded; null until it is made.' })
  @Property({ type: new BigIntType('number'), nullable: true })
  bytes?: number | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file as it is downloaded, in hex; null until it is made.' })
  @Property({ type: t.string, length: 64, nullable: true })
  sha256?: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it is deleted: seven days after it was made.' })
  @Index()
  @Property({ type: t.datetime, length: 3 })
  expiresAt!: Date;
}

/** Some rows of a file, as one gzip member: members one after the other are a gzip file. Goes with its export. */
@Entity({ tableName: 'export_part' })
export class ExportPart {
  @ManyToOne(() => Export, { mapToPk: true, primary: true, deleteRule: 'cascade', fieldName: 'export_id' })
  exportId!: number;

  @PrimaryKey({ type: t.integer })
  number!: number;

  @Property({ type: t.blob })
  body!: Buffer;
}
