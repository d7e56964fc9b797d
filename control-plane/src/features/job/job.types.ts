import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { JobResult } from './job-result.entity.ts';
import { Job, JobStatus } from './job.entity.ts';

@ObjectType({ description: 'The job that was made, or why there is none. Follow it with `jobProgress`.' })
export class JobPayload {
  @Field(() => Job, { nullable: true })
  job: Job | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(job: Job | null, userErrors: UserError[] = []) {
    this.job = job;
    this.userErrors = userErrors;
  }
}

@InputType()
export class JobFilter {
  @Field(() => [String], { nullable: true })
  kinds?: string[] | null;

  @Field(() => [JobStatus], { nullable: true })
  statuses?: JobStatus[] | null;
}

@ObjectType()
export class JobConnection extends connectionOf('Job', () => Job) {}

@ObjectType()
export class JobResultConnection extends connectionOf('JobResult', () => JobResult) {}
