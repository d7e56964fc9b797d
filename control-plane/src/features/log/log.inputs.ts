import { Field, GraphQLISODateTime, ID, InputType, registerEnumType } from 'type-graphql';
import { SortDirection } from '../../kernel/list/page.ts';
import { Int64 } from '../../kernel/scalars.ts';

export enum LogType { UNKNOWN = 'UNKNOWN', TOPUP = 'TOPUP', CONSUME = 'CONSUME', MANAGE = 'MANAGE', SYSTEM = 'SYSTEM', ERROR = 'ERROR', REFUND = 'REFUND' }
registerEnumType(LogType, { name: 'LogType', valuesConfig: { UNKNOWN: { description: 'In a filter: all.' } } });

@InputType({ description: 'Members are joined by AND, the values of a list by OR.' })
export class LogFilter {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this instant on.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Up to and with this instant.' })
  to?: Date | null;

  @Field(() => [LogType], { nullable: true })
  types?: LogType[] | null;

  @Field(() => [String], { nullable: true, description: 'Whole names.' })
  models?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name of the model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Whole name of the model, in which % stands for any text.' })
  modelLike?: string | null;

  @Field(() => String, { nullable: true, description: 'The number of a type, or the beginning of the text.' })
  keyword?: string | null;

  @Field(() => [ID], { nullable: true })
  tokenIds?: string[] | null;

  @Field(() => String, { nullable: true })
  tokenName?: string | null;

  @Field(() => [ID], { nullable: true })
  userIds?: string[] | null;

  @Field(() => String, { nullable: true })
  username?: string | null;

  @Field(() => [ID], { nullable: true })
  channelIds?: string[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => String, { nullable: true })
  requestId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Failure codes of the relay.' })
  errorCodes?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  stream?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Beginning of the text of the row.' })
  search?: string | null;

  @Field(() => Int64, { nullable: true, description: 'From this sequence number on; with sequenceTo it fetches the hole that a LogGap names.' })
  sequenceFrom?: bigint | null;

  @Field(() => Int64, { nullable: true, description: 'Up to and with this sequence number.' })
  sequenceTo?: bigint | null;
}

export enum LogOrderField { AT = 'AT', QUOTA = 'QUOTA' }
registerEnumType(LogOrderField, { name: 'LogOrderField' });

@InputType()
export class LogOrder {
  @Field(() => LogOrderField)
  field!: LogOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}
