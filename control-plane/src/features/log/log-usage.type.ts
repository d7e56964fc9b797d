import { Field, Int, ObjectType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { StreamEnd, UsageOutcome, UsageSource, UsageTokens } from '../relay-link/wire/usage.ts';

@ObjectType({ description: 'One try of an exchange on one channel.' })
export class LogAttempt {
  @Field(() => Int)
  channelId!: number;

  @Field(() => Int, { description: 'Credential of the channel; 0 when none was chosen.' })
  credentialId!: number;

  @Field(() => Int, { description: 'HTTP status of the provider; 0 when it never answered.' })
  status!: number;

  @Field(() => String, { nullable: true, description: 'Failure code; null on the attempt that was delivered.' })
  failure?: string | null;

  @Field(() => Int)
  durationMs!: number;

  @Field(() => Boolean, { nullable: true, description: 'It failed after it was sent: the provider may have done the work all the same. Null: no.' })
  uncertain?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Place of that credential among those of the channel, from 0; null: it has one only.' })
  keyIndex?: number | null;

  @Field(() => String, { nullable: true, description: 'How hard the model was asked to think; null: nothing was said of it.' })
  effort?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The system prompt of the channel was put before that of the client. Null: no.' })
  promptOverwritten?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'The channel overrides parameters of its requests. Null: no.' })
  overridden?: boolean | null;
}

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
