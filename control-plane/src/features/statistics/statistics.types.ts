import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { UsageInterval, UsageMetric } from './statistics.inputs.ts';

@ObjectType()
export class MetricValues {
  @Field(() => UsageMetric)
  metric!: UsageMetric;

  @Field(() => [Int64], { description: 'One for each bucket.' })
  points!: bigint[];
}

@ObjectType()
export class MetricTotal {
  @Field(() => UsageMetric)
  metric!: UsageMetric;

  @Field(() => Int64)
  value!: bigint;

  @Field(() => Int64, { nullable: true, description: 'Of the span before; null when it was not asked for.' })
  previous!: bigint | null;
}

@ObjectType()
export class UsageSeriesRow {
  @Field(() => String, { description: 'The model, the group, or the number of the key, user or channel; empty for the only row and for `other`.' })
  key!: string;

  @Field(() => String)
  label!: string;

  @Field(() => ID, { nullable: true })
  entityId!: string | null;

  @Field(() => Boolean, { description: 'All that is not among the largest.' })
  other!: boolean;

  @Field(() => [MetricValues])
  values!: MetricValues[];
}

@ObjectType()
export class UsageSeries {
  @Field(() => UsageInterval)
  interval!: UsageInterval;

  @Field(() => String)
  timeZone!: string;

  @Field(() => [GraphQLISODateTime], { description: 'Where each bucket begins.' })
  buckets!: Date[];

  @Field(() => [UsageSeriesRow])
  series!: UsageSeriesRow[];

  @Field(() => [MetricTotal])
  totals!: MetricTotal[];
}

@ObjectType()
export class UsageRankingRow {
  @Field(() => Int)
  rank!: number;

  @Field(() => String)
  key!: string;

  @Field(() => String)
  label!: string;

  @Field(() => ID, { nullable: true })
  entityId!: string | null;

  @Field(() => Int64)
  value!: bigint;

  @Field(() => Float, { description: 'Of everything in the filter, 0 to 1.' })
  share!: number;

  @Field(() => Int64)
  requests!: bigint;
}

@ObjectType({ description: 'Usage of one hour or day.' })
export class UsageRow {
  @Field(() => GraphQLISODateTime, { description: 'Where the hour or the day begins, in UTC.' })
  at!: Date;

  @Field(() => String, { description: 'Empty in rows of a day.' })
  model!: string;

  @Field(() => ID, { nullable: true, description: 'Null where users are added up.' })
  userId!: string | null;

  @Field(() => String)
  username!: string;

  @Field(() => Int64)
  requests!: bigint;

  @Field(() => Int64, { description: 'Prompt and completion.' })
  tokens!: bigint;

  @Field(() => Quota)
  quota!: bigint;
}
