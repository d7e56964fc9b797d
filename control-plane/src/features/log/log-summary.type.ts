import { Field, Int, ObjectType } from 'type-graphql';
import { Int64, Quota } from '../../kernel/scalars.ts';

@ObjectType({ description: 'Totals over the consume rows of a filter.' })
export class LogSummary {
  @Field(() => Quota)
  quota!: bigint;

  @Field(() => Int64)
  requests!: bigint;

  @Field(() => Int64, { description: 'Error rows of the filter.' })
  errors!: bigint;

  @Field(() => Int64)
  promptTokens!: bigint;

  @Field(() => Int64)
  completionTokens!: bigint;

  @Field(() => Int, { description: 'Requests of the last 60 seconds, whatever times the filter names.' })
  rpm!: number;

  @Field(() => Int64, { description: 'Model tokens of the last 60 seconds.' })
  tpm!: bigint;
}
