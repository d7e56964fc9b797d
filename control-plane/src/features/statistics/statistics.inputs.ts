import { Field, GraphQLISODateTime, ID, InputType, Int, registerEnumType } from 'type-graphql';

export enum UsageInterval { HOUR = 'HOUR', DAY = 'DAY', MONTH = 'MONTH' }
registerEnumType(UsageInterval, { name: 'UsageInterval' });

export enum UsageMetric { REQUESTS = 'REQUESTS', ERRORS = 'ERRORS', QUOTA = 'QUOTA', PROMPT_TOKENS = 'PROMPT_TOKENS', COMPLETION_TOKENS = 'COMPLETION_TOKENS', TOKENS = 'TOKENS' }
registerEnumType(UsageMetric, { name: 'UsageMetric', valuesConfig: { REQUESTS: { description: 'Requests that delivered something.' }, TOKENS: { description: 'Prompt and completion together.' } } });

export enum UsageDimension { MODEL = 'MODEL', TOKEN = 'TOKEN', USER = 'USER', GROUP = 'GROUP', CHANNEL = 'CHANNEL' }
registerEnumType(UsageDimension, { name: 'UsageDimension' });

@InputType({ description: 'All fields must match, the values of a list by OR.' })
export class UsageFilter {
  @Field(() => [ID], { nullable: true, description: 'Only for those who may read everyone\'s usage.' })
  userIds?: string[] | null;

  @Field(() => [ID], { nullable: true })
  tokenIds?: string[] | null;

  @Field(() => [ID], { nullable: true })
  channelIds?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;
}

@InputType()
export class TimeRangeInput {
  @Field(() => GraphQLISODateTime, { description: 'From this instant on.' })
  from!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Before this instant.' })
  to!: Date;

  @Field(() => String, { defaultValue: 'UTC', description: 'IANA name; days and months begin there.' })
  timeZone!: string;
}

@InputType()
export class UsageSeriesInput {
  @Field(() => TimeRangeInput)
  range!: TimeRangeInput;

  @Field(() => UsageInterval)
  interval!: UsageInterval;

  @Field(() => [UsageMetric], { description: 'The first one ranks the rows.' })
  metrics!: UsageMetric[];

  @Field(() => UsageDimension, { nullable: true, description: 'Without it there is one row, of everything.' })
  groupBy?: UsageDimension | null;

  @Field(() => Int, { defaultValue: 10, description: 'Rows that get a name, 1 to 50; the rest is added up in one.' })
  top!: number;

  @Field(() => UsageFilter, { nullable: true })
  filter?: UsageFilter | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Also totals of the span of equal length before this one.' })
  compareToPrevious!: boolean;
}

@InputType()
export class UsageRankingInput {
  @Field(() => TimeRangeInput)
  range!: TimeRangeInput;

  @Field(() => UsageDimension)
  dimension!: UsageDimension;

  @Field(() => UsageMetric)
  metric!: UsageMetric;

  @Field(() => Int, { defaultValue: 20, description: '1 to 100.' })
  first!: number;

  @Field(() => UsageFilter, { nullable: true })
  filter?: UsageFilter | null;
}
