/** Asking an account at a provider through a relay: only relays speak to upstreams. The answer goes to `weir:probes:<nonce>`. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EpochMs } from '../../../kernel/scalars.ts';
import { RelayChannelExtra } from './snapshot.ts';

export enum ProviderQuestion { MODELS = 'MODELS', BALANCE = 'BALANCE' }
registerEnumType(ProviderQuestion, { name: 'ProviderQuestion' });

@ObjectType({ description: 'Asks an account at a provider for its models or its balance, whether a channel has it or not.' })
export class ProviderInquiry {
  @Field(() => String)
  nonce!: string;

  @Field(() => ProviderQuestion)
  question!: ProviderQuestion;

  @Field(() => Int, { description: 'Channel type number.' })
  type!: number;

  @Field(() => String, { nullable: true, description: 'Null: the address of the provider.' })
  baseUrl?: string | null;

  @Field(() => RelayChannelExtra)
  extra!: RelayChannelExtra;

  @Field(() => String, { description: 'Envelope of the secret, bound to (provider_inquiry, nonce, secret).' })
  envelope!: string;

  @Field(() => String, { nullable: true, description: 'Envelope of the address of a proxy, bound to (provider_inquiry, nonce, proxy).' })
  proxyEnvelope?: string | null;

  @Field(() => EpochMs)
  askedAt!: number;
}

@ObjectType({ description: 'What is left on an account, as the provider counts it.' })
export class ProviderBalance {
  @Field(() => String, { description: 'Decimal text.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217, or the word of the provider for what is no money.' })
  currency!: string;
}

@ObjectType()
export class ProviderInquiryResult {
  @Field(() => String)
  nonce!: string;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => Int)
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status that the failure has.' })
  status?: number | null;

  @Field(() => String, { nullable: true, description: 'Failure code of the relay catalogue, or not_offered.' })
  failure?: string | null;

  @Field(() => String, { nullable: true, description: 'For the operator: what the provider said, masked and cut to 500 characters.' })
  detail?: string | null;

  @Field(() => [String])
  models!: string[];

  @Field(() => ProviderBalance, { nullable: true })
  balance?: ProviderBalance | null;
}
