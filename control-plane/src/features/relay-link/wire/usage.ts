/** What relays report: one usage event for each finished exchange, shipped in batches on the stream `weir:usage`. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EpochMs, Millionths, Quota } from '../../../kernel/scalars.ts';
import { RelayPriceMode } from './snapshot.ts';

export enum UsageOutcome { SETTLED = 'SETTLED', RELEASED = 'RELEASED', RECOVERED = 'RECOVERED' }
registerEnumType(UsageOutcome, {
  name: 'UsageOutcome',
  valuesConfig: {
    SETTLED: { description: 'Delivered, wholly or in part; the amount is charged (it may be zero).' },
    RELEASED: { description: 'Nothing was delivered; nothing is charged.' },
    RECOVERED: { description: 'Finished after a crash of the relay, from its spool.' },
  },
});

export enum UsageSource { UPSTREAM = 'UPSTREAM', ESTIMATED = 'ESTIMATED', CHECKPOINT = 'CHECKPOINT', NONE = 'NONE' }
registerEnumType(UsageSource, { name: 'UsageSource', description: 'Where the token counts come from (reliability-security, appendix A).' });

export enum StreamEnd { NONE = 'NONE', COMPLETE = 'COMPLETE', CLIENT_GONE = 'CLIENT_GONE', CUT = 'CUT', UPSTREAM_ERROR = 'UPSTREAM_ERROR', CRASH = 'CRASH' }
registerEnumType(StreamEnd, { name: 'StreamEnd', description: 'How the answer ended.' });

@ObjectType({ description: 'Model tokens of one answer. `input` counts everything the model read, cache parts included.' })
export class UsageTokens {
  @Field(() => Int)
  input!: number;

  @Field(() => Int, { description: 'Part of input that came from the cache.' })
  cacheRead!: number;

  @Field(() => Int, { description: 'Part of input that was written to the cache for five minutes.' })
  cacheWrite!: number;

  @Field(() => Int, { description: 'Part of input that was written to the cache for one hour.' })
  cacheWrite1h!: number;

  @Field(() => Int, { description: 'Part of input that is images, where reported.' })
  inputImage!: number;

  @Field(() => Int, { description: 'Part of input that is audio, where reported.' })
  inputAudio!: number;

  @Field(() => Int, { description: 'Everything the model wrote, reasoning included.' })
  output!: number;

  @Field(() => Int, { description: 'Part of output that is reasoning.' })
  reasoning!: number;

  @Field(() => Int, { description: 'Part of output that is audio, where reported.' })
  outputAudio!: number;

  @Field(() => Int, { nullable: true, description: 'Part of output that is images, where reported; null in records from before it was counted.' })
  outputImage?: number | null;
}

@ObjectType({ description: 'One term of the price: tokens × ratio. The terms, times model and group ratio, give the amount.' })
export class ChargeLine {
  @Field(() => String, { description: 'input, cache_read, cache_write, cache_write_1h, input_image, input_audio, output, output_audio, call, violation, tools by their names; of an expression: expression, or hold where it failed.' })
  name!: string;

  @Field(() => Int, { description: 'Model tokens; 1 for the line of a per-call price or of an expression.' })
  tokens!: number;

  @Field(() => Millionths, { description: 'Weight against one plain input token; for a call the price in dollars, for an expression in millionths of a dollar.' })
  ratio!: number;
}

@ObjectType({ description: 'The expression of a TIERED price as it was when the request was admitted.' })
export class FrozenExpression {
  @Field(() => String)
  text!: string;

  @Field(() => String, { description: 'SHA-256 of the text, in hexadecimal.' })
  sha256!: string;

  @Field(() => String, { nullable: true, description: 'The tier that gave the price.' })
  tier?: string | null;
}

@ObjectType({ description: 'The price as it was when the request was admitted; with the tokens it gives the amount bit for bit.' })
export class FrozenPrice {
  @Field(() => Int)
  version!: number;

  @Field(() => RelayPriceMode)
  mode!: RelayPriceMode;

  @Field(() => Millionths)
  modelRatio!: number;

  @Field(() => Millionths)
  groupRatio!: number;

  @Field(() => Boolean, { nullable: true, description: 'The ratio of the group is one that it has for the group of the user.' })
  special?: boolean | null;

  @Field(() => Millionths)
  callPrice!: number;

  @Field(() => Int)
  quotaPerUnit!: number;

  @Field(() => [ChargeLine])
  lines!: ChargeLine[];

  @Field(() => FrozenExpression, { nullable: true, description: 'TIERED only.' })
  expression?: FrozenExpression | null;
}

@ObjectType({ description: 'One try of an exchange on one channel.' })
export class UsageAttempt {
  @Field(() => Int)
  channelId!: number;

  @Field(() => Int, { description: 'Credential of the channel; 0 when none was chosen.' })
  credentialId!: number;

  @Field(() => Int, { description: 'Upstream HTTP status; 0 when it never answered.' })
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

@ObjectType({ description: 'Which lease pays how much of a charge.' })
export class LeaseDraw {
  @Field(() => String)
  leaseId!: string;

  @Field(() => String)
  account!: string;

  @Field(() => Quota)
  amount!: string;
}

@ObjectType({ description: 'The immutable record of one finished exchange. Relay wire only; people read it as a Log.' })
export class UsageEvent {
  @Field(() => String, { description: 'Minted by the relay once for each admitted request; also the request id that the client sees.' })
  chargeId!: string;

  @Field(() => UsageOutcome)
  outcome!: UsageOutcome;

  @Field(() => EpochMs)
  startedAt!: number;

  @Field(() => EpochMs)
  endedAt!: number;

  @Field(() => Int)
  userId!: number;

  @Field(() => Int)
  tokenId!: number;

  @Field(() => String, { description: 'The group that served and whose ratio was applied.' })
  group!: string;

  @Field(() => String, { description: 'As the client named it; the price was looked up under this name.' })
  model!: string;

  @Field(() => String, { nullable: true })
  upstreamModel?: string | null;

  @Field(() => Int, { nullable: true, description: 'Channel of the delivered attempt, or of the last one.' })
  channelId?: number | null;

  @Field(() => [UsageAttempt])
  attempts!: UsageAttempt[];

  @Field(() => String, { description: 'Dialect of the client.' })
  dialect!: string;

  @Field(() => String)
  path!: string;

  @Field(() => Boolean)
  stream!: boolean;

  @Field(() => Int, { description: 'HTTP status that the client saw; 499 when it had left before.' })
  status!: number;

  @Field(() => String, { nullable: true, description: 'Failure code of the relay catalogue.' })
  failure?: string | null;

  @Field(() => StreamEnd)
  end!: StreamEnd;

  @Field(() => Int, { nullable: true, description: 'From receipt to the first byte sent to the client, in milliseconds.' })
  firstByteMs?: number | null;

  @Field(() => UsageTokens)
  tokens!: UsageTokens;

  @Field(() => UsageSource)
  source!: UsageSource;

  @Field(() => FrozenPrice, { nullable: true, description: 'Null when the request was refused before a price was found.' })
  price?: FrozenPrice | null;

  @Field(() => Quota, { description: 'What was held at admission.' })
  hold!: string;

  @Field(() => Quota, { description: 'What is charged to the user.' })
  amount!: string;

  @Field(() => Quota, { description: 'Estimated cost that the platform bears (client gone, crash before an answer); 0 else.' })
  platformLoss!: string;

  @Field(() => [LeaseDraw])
  draws!: LeaseDraw[];

  @Field(() => String)
  clientAddress!: string;

  @Field(() => String, { nullable: true, description: "The client's own request id: a label, never an identity." })
  clientRequestId?: string | null;

  @Field(() => Int)
  snapshotVersion!: number;
}

@ObjectType({ description: 'A part of a lease that is given back.' })
export class LeaseReturn {
  @Field(() => String)
  leaseId!: string;

  @Field(() => String)
  account!: string;

  @Field(() => Quota)
  amount!: string;
}

@ObjectType({ description: 'One record of the spool: exactly one of usage and returned is set.' })
export class SpoolRecord {
  @Field(() => Int, { description: 'Position in the spool of this relay and epoch, from 1, without gaps.' })
  sequence!: number;

  @Field(() => UsageEvent, { nullable: true })
  usage?: UsageEvent | null;

  @Field(() => LeaseReturn, { nullable: true })
  returned?: LeaseReturn | null;
}

@ObjectType({ description: 'Entry of the stream `weir:usage`: up to 256 spool records of one relay, in order. Each travels as the list of its values; beside them `forms` says what these are called (decision 0002).' })
export class UsageBatch {
  @Field(() => String)
  relayId!: string;

  @Field(() => Int)
  epoch!: number;

  @Field(() => [SpoolRecord])
  records!: SpoolRecord[];
}
