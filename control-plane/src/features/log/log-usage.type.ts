import { Field, ObjectType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { StreamEnd, UsageAttempt, UsageOutcome, UsageSource, UsageTokens } from '../relay-link/wire/usage.ts';

/** As relays report it: its channel and credential have typed ids besides (log-attempt.resolver.ts). */
@ObjectType({ description: 'One try of an exchange on one channel.' })
export class LogAttempt extends UsageAttempt {}

/** What only the opened row shows. */
@ObjectType()
export class LogUsage {
  @Field(() => UsageTokens)
  tokens!: UsageTokens;

  @Field(() => UsageSource)
  source!: UsageSource;

  @Field(() => StreamEnd)
  end!: StreamEnd;

  @Field(() => UsageOutcome)
  outcome!: UsageOutcome;

  @Field(() => Quota, { description: 'What was held at admission.' })
  hold!: bigint;

  @Field(() => Quota, { description: 'Estimated cost that the platform bears.' })
  platformLoss!: bigint;

  @Field(() => String, { nullable: true, description: "The client's own request id." })
  clientRequestId?: string | null;
}
