import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum JobStatus { QUEUED = 'QUEUED', RUNNING = 'RUNNING', SUCCEEDED = 'SUCCEEDED', FAILED = 'FAILED', CANCELLED = 'CANCELLED' }
registerEnumType(JobStatus, { name: 'JobStatus' });

export const isOver = (status: JobStatus): boolean => status !== JobStatus.QUEUED && status !== JobStatus.RUNNING;

/** 0 to 1; 0 while the number of steps is not known. */
export function progressOf({ status, total, done }: Job): number {
  if (isOver(status)) return 1;
  return total ? Math.min(1, done / total) : 0;
}

@ObjectType({ implements: Node, description: 'Work that outlives the request that asked for it. `jobProgress` follows it.' })
@Entity({ tableName: 'job' })
// One of a kind at a time, where the kind wants that: the index decides between requests that come together.
@Index({ name: 'job_exclusive_unique', expression: `create unique index "job_exclusive_unique" on "job" ("exclusive_key") where status in ('QUEUED', 'RUNNING')` })
@Index({ name: 'job_open_index', expression: `create index "job_open_index" on "job" ("id") where status in ('QUEUED', 'RUNNING')` })
export class Job {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('job', this.id); }

  @Field(() => String, { description: 'What it does: channel-test, log-delete, …' })
  @Property({ type: t.string, length: 64 })
  kind!: string;

  @Field(() => JobStatus)
  @Enum({ items: () => JobStatus, type: t.string, default: JobStatus.QUEUED })
  status: JobStatus & Opt = JobStatus.QUEUED;

  /** What it works on, as its kind reads it. */
  @Property({ type: t.json })
  input!: object;

  /** Where another runner goes on; written together with the progress. */
  @Property({ type: t.json, nullable: true })
  state?: object | null;

  @Field(() => Int, { nullable: true, description: 'Steps in all, once they are known.' })
  @Property({ type: t.integer, nullable: true })
  total?: number | null;

  @Field(() => Int, { description: 'Steps that are behind it, the failed ones among them.' })
  @Property({ type: t.integer, default: 0 })
  done: number & Opt = 0;

  @Field(() => Int)
  @Property({ type: t.integer, default: 0 })
  failed: number & Opt = 0;

  @Field(() => String, { nullable: true, description: 'Its outcome, or why it failed; for people.' })
  @Property({ type: t.string, length: 1000, nullable: true })
  message?: string | null;

  @Property({ type: t.string, length: 100, nullable: true })
  exclusiveKey?: string | null;

  @Property({ type: t.boolean, default: false })
  cancelRequested: boolean & Opt = false;

  /** Grows with every runner that takes it; who writes with an older number is refused. */
  @Property({ type: t.integer, default: 0 })
  fence: number & Opt = 0;

  /** How often a runner vanished in the middle of it. */
  @Property({ type: t.integer, default: 0 })
  crashes: number & Opt = 0;

  /** By the clock of the database; a runner that did not prolong it is gone. */
  @Property({ type: t.datetime, length: 3, nullable: true })
  leaseUntil?: Date | null;

  @Property({ type: t.integer, nullable: true, index: true })
  requestedById?: number | null;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  startedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  finishedAt?: Date | null;
}
