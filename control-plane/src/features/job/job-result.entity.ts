import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Job } from './job.entity.ts';

/** What became of one step of a job. Goes with its job. */
@ObjectType()
@Entity({ tableName: 'job_result' })
@Index({ properties: ['jobId', 'id'] })
export class JobResult {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @ManyToOne(() => Job, { mapToPk: true, deleteRule: 'cascade', fieldName: 'job_id' })
  jobId!: number;

  @Field(() => String, { nullable: true, description: 'Id of what the step was about.' })
  @Property({ type: t.string, length: 64, nullable: true })
  subject?: string | null;

  @Field(() => Boolean)
  @Property({ type: t.boolean })
  ok!: boolean;

  @Field(() => String, { nullable: true })
  @Property({ type: t.string, length: 1000, nullable: true })
  message?: string | null;
}
