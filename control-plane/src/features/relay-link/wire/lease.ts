/** Borrowing quota: relays ask over the stream `weir:leases`, the control plane answers on `weir:relay:<relay id>`. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EpochMs, Quota } from '../../../kernel/scalars.ts';
import { BillingFigures } from './figures.ts';
import { ProviderInquiry } from './inquiry.ts';
import { OverrideRehearsal } from './rehearsal.ts';

@ObjectType({ description: 'One account that a relay wants quota from: `user:<id>` (wallet) or `token:<id>` (budget of a limited token).' })
export class LeaseWant {
  @Field(() => String)
  account!: string;

  @Field(() => Quota, { description: 'The least that is of use: the hold of the request that waits.' })
  need!: string;

  @Field(() => Quota, { description: 'What would spare asking again soon. The grant lies between need and this.' })
  prefer!: string;
}

@ObjectType({ description: 'Entry of the stream `weir:leases`.' })
export class LeaseRequest {
  @Field(() => String)
  relayId!: string;

  @Field(() => Int, { description: 'Grows with each start of the relay; leases of an older epoch are fenced off.' })
  epoch!: number;

  @Field(() => String, { description: 'Returned in the answer.' })
  nonce!: string;

  @Field(() => [LeaseWant])
  wants!: LeaseWant[];

  @Field(() => [String], { description: 'Open leases to prolong.' })
  renew!: string[];

  @Field(() => Boolean, { description: 'Recovery is complete: every open lease of older epochs of this relay may be closed.' })
  recovered!: boolean;
}

export enum LeaseRefusal { INSUFFICIENT = 'INSUFFICIENT', UNKNOWN_ACCOUNT = 'UNKNOWN_ACCOUNT', FROZEN = 'FROZEN', STALE_EPOCH = 'STALE_EPOCH' }
registerEnumType(LeaseRefusal, { name: 'LeaseRefusal' });

@ObjectType({ description: 'Answer to one want: a lease, or why there is none.' })
export class LeaseGrant {
  @Field(() => String)
  account!: string;

  @Field(() => String, { nullable: true, description: 'Id of the lease; null when refused.' })
  leaseId?: string | null;

  @Field(() => Quota)
  granted!: string;

  @Field(() => Quota, { description: 'Balance not lent to anyone, after this grant; shown in refusals.' })
  available!: string;

  @Field(() => LeaseRefusal, { nullable: true })
  refusal?: LeaseRefusal | null;
}

@ObjectType({ description: 'Answer to a LeaseRequest.' })
export class LeaseAnswer {
  @Field(() => String)
  nonce!: string;

  @Field(() => [LeaseGrant])
  grants!: LeaseGrant[];

  @Field(() => [String], { description: 'Leases that were prolonged; one that is missing is gone.' })
  renewed!: string[];

  @Field(() => Int, { description: 'Life of granted and renewed leases from receipt on, in milliseconds, skew margin taken off.' })
  lifeMs!: number;
}


@ObjectType({ description: 'Everything up to this sequence is committed in PostgreSQL; the spool may forget it.' })
export class UsageAck {
  @Field(() => Int)
  epoch!: number;

  @Field(() => Int)
  sequence!: number;
}

/** In whose words a channel is tested. */
export enum ProbeEndpoint {
  OPENAI = 'OPENAI', OPENAI_RESPONSE = 'OPENAI_RESPONSE', ANTHROPIC = 'ANTHROPIC', GEMINI = 'GEMINI', JINA_RERANK = 'JINA_RERANK', IMAGE_GENERATION = 'IMAGE_GENERATION', EMBEDDINGS = 'EMBEDDINGS',
}
registerEnumType(ProbeEndpoint, { name: 'ProbeEndpoint', description: 'The kind of call with which a channel is tested.' });

@ObjectType({ description: 'Asks a relay to test a channel with a small request. The answer goes to `weir:probes:<nonce>`.' })
export class ChannelProbe {
  @Field(() => String)
  nonce!: string;

  @Field(() => Int)
  channelId!: number;

  @Field(() => String)
  model!: string;

  @Field(() => ProbeEndpoint, { nullable: true, description: 'Null: chat, as OpenAI has it.' })
  endpoint?: ProbeEndpoint | null;

  @Field(() => Int, { nullable: true, description: 'The picture that the relay must have before it tests: what was saved just before is tested as saved.' })
  version?: number | null;

  @Field(() => EpochMs)
  askedAt!: number;
}

@ObjectType()
export class ChannelProbeResult {
  @Field(() => String)
  nonce!: string;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => Int)
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the upstream, when it answered.' })
  status?: number | null;

  @Field(() => String, { nullable: true, description: 'Failure code of the relay catalogue.' })
  failure?: string | null;

  @Field(() => String, { nullable: true, description: 'For the operator: what the upstream said, masked and cut to 500 characters.' })
  detail?: string | null;
}

@ObjectType({ description: 'Message on `weir:relay:<relay id>`: exactly one member is set.' })
export class RelayMessage {
  @Field(() => LeaseAnswer, { nullable: true })
  lease?: LeaseAnswer | null;

  @Field(() => UsageAck, { nullable: true })
  ack?: UsageAck | null;

  @Field(() => [String], { nullable: true, description: 'Accounts whose free lease parts others need: return them at once.' })
  recall?: string[] | null;

  @Field(() => ChannelProbe, { nullable: true })
  probe?: ChannelProbe | null;

  @Field(() => ProviderInquiry, { nullable: true })
  inquiry?: ProviderInquiry | null;

  @Field(() => OverrideRehearsal, { nullable: true })
  rehearsal?: OverrideRehearsal | null;

  @Field(() => BillingFigures, { nullable: true })
  figures?: BillingFigures | null;
}
