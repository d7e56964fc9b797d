import { Field, Int, ObjectType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { CheckIn } from './check-in.entity.ts';

@ObjectType()
export class CheckInStatus {
  @Field(() => Boolean, { description: 'Whether the site gives quota for it.' })
  enabled!: boolean;

  @Field(() => Boolean, { description: 'Whether the caller has checked in today.' })
  today!: boolean;

  @Field(() => Int, { description: 'Days in a row, up to today or yesterday; at most 366.' })
  streak!: number;

  @Field(() => Quota, { description: 'Least that a day brings.' })
  minQuota!: bigint;

  @Field(() => Quota)
  maxQuota!: bigint;

  @Field(() => Int, { description: 'Days ever.' })
  totalDays!: number;

  @Field(() => Quota, { description: 'Everything that it ever brought.' })
  totalQuota!: bigint;

  @Field(() => [CheckIn], { description: 'Days of the month that was asked for, the newest first.' })
  days!: CheckIn[];
}

@ObjectType()
export class CheckInPayload {
  @Field(() => CheckIn, { nullable: true })
  checkIn!: CheckIn | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
