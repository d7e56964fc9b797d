import { Field, GraphQLISODateTime, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { SortDirection } from '../../kernel/list/page.ts';
import { Quota } from '../../kernel/scalars.ts';
import { RedemptionStatus } from './redemption.entity.ts';

@InputType({ description: 'All fields must match.' })
export class RedemptionFilter {
  @Field(() => String, { nullable: true, description: 'The start of the name; or the number of a code.' })
  search?: string | null;

  @Field(() => [RedemptionStatus], { nullable: true })
  statuses?: RedemptionStatus[] | null;

  @Field(() => ID, { nullable: true })
  batchId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Redeemed by this user.' })
  redeemedById?: string | null;
}

export enum RedemptionOrderField { ID = 'ID', NAME = 'NAME', QUOTA = 'QUOTA', CREATED_AT = 'CREATED_AT', EXPIRES_AT = 'EXPIRES_AT', REDEEMED_AT = 'REDEEMED_AT' }
registerEnumType(RedemptionOrderField, { name: 'RedemptionOrderField' });

@InputType()
export class RedemptionOrder {
  @Field(() => RedemptionOrderField)
  field!: RedemptionOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}

@InputType()
export class RedemptionBatchInput {
  @Field(() => String, { description: '1 to 20 characters.' })
  name!: string;

  @Field(() => Int, { description: 'How many codes, 1 to 100.' })
  count!: number;

  @Field(() => Quota, { description: 'What each code is worth, above zero.' })
  quota!: bigint;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never. Not in the past.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'What is absent stays as it is.' })
export class RedemptionPatch {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Quota, { nullable: true, description: 'Not of a code that was used.' })
  quota?: bigint | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never. Not in the past, and not of a code that was used.' })
  expiresAt?: Date | null;
}
