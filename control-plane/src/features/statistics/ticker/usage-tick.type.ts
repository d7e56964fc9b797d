import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Int64, Quota } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'What the log has of the minute before.' })
export class UsageTick {
  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => Int, { description: 'Requests that were charged.' })
  rpm!: number;

  @Field(() => Int64, { description: 'Their tokens, in and out.' })
  tpm!: bigint;

  @Field(() => Quota)
  quotaPerMinute!: bigint;

  @Field(() => Float, { description: 'Part of all requests that failed, 0 to 1.' })
  errorRate!: number;
}
