/** How relays choose channels and what they do to requests on the way (semantics 3): parts of `channel:<id>` and `settings:site`. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum RelayCredentialMode { RANDOM = 'RANDOM', POLLING = 'POLLING' }
registerEnumType(RelayCredentialMode, { name: 'RelayCredentialMode' });

@ObjectType({ description: 'What a channel does to its requests (semantics 3.6). JSON texts are as the compatible API has them; null: nothing.' })
export class RelayChannelRules {
  @Field(() => String, { nullable: true, description: 'JSON object: system_prompt, force_format, thinking_to_content, pass_through_body_enabled …; never the proxy.' })
  setting?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON object: upstream status to the status that counts.' })
  statusCodeMapping?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON object: members to set, or `operations`.' })
  paramOverride?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON object: header name to value.' })
  headerOverride?: string | null;

  @Field(() => String, { nullable: true, description: 'Envelope of the address of a proxy, bound to (channel, id, proxy).' })
  proxyEnvelope?: string | null;
}

@ObjectType({ description: 'What relays do when channels fail (semantics 3.2 to 3.4, 3.8).' })
export class RelayRouting {
  @Field(() => String, { description: 'Statuses that are tried again elsewhere: `100-199,429`. 504 and 524 never are.' })
  retryStatuses!: string;

  @Field(() => [String], { description: 'The groups behind `auto`, in order.' })
  autoGroups!: string[];

  @Field(() => Boolean, { description: 'Whether what proves a credential useless is reported.' })
  disableChannels!: boolean;

  @Field(() => String, { description: 'Statuses that prove it, in the form of retryStatuses.' })
  disableStatuses!: string;

  @Field(() => [String], { description: 'Words in a refusal that prove it, in lower case.' })
  disableKeywords!: string[];

  @Field(() => Boolean, { description: 'Bodies go upstream as they came, on every channel.' })
  passThrough!: boolean;

  @Field(() => String, { nullable: true, description: 'JSON object of channel_affinity_setting; null: off.' })
  affinity?: string | null;
}

@ObjectType({ description: 'How many requests one user of a group may make; 0: any number.' })
export class RelayModelLimit {
  @Field(() => String, { description: 'Empty: every group without an entry of its own.' })
  group!: string;

  @Field(() => Int, { description: 'Requests of any outcome.' })
  total!: number;

  @Field(() => Int, { description: 'Requests that were answered.' })
  success!: number;
}

@ObjectType({ description: 'Where media that clients name may be fetched from (semantics 11.9).' })
export class RelayFetchRules {
  @Field(() => Boolean)
  allowPrivate!: boolean;

  @Field(() => Boolean, { description: 'True: domains is a list of the only ones; false: of those that are refused.' })
  onlyDomains!: boolean;

  @Field(() => [String])
  domains!: string[];

  @Field(() => Boolean)
  onlyAddresses!: boolean;

  @Field(() => [String], { description: 'Addresses or CIDRs.' })
  addresses!: string[];

  @Field(() => [String], { description: 'Ports or ranges of ports.' })
  ports!: string[];

  @Field(() => Boolean, { description: 'Whether addresses are compared for names too, after they were resolved.' })
  addressesOfNames!: boolean;
}

@ObjectType({ description: 'What relays refuse (semantics 11.7, 11.9, 12).' })
export class RelayGuards {
  @Field(() => [String], { description: 'Words that a prompt must not have; empty: prompts are not read.' })
  sensitiveWords!: string[];

  @Field(() => Boolean, { description: 'False: a prompt with such a word goes on without it instead of being refused.' })
  stopOnSensitive!: boolean;

  @Field(() => [RelayModelLimit], { description: 'Empty: no limit.' })
  modelLimits!: RelayModelLimit[];

  @Field(() => Int, { description: 'Window of the limits, in minutes.' })
  modelLimitMinutes!: number;

  @Field(() => RelayFetchRules)
  fetch!: RelayFetchRules;

  @Field(() => Boolean, { description: 'Whether new requests are refused while the machine is overloaded.' })
  shedLoad!: boolean;

  @Field(() => Int, { description: 'Percent of memory from which on they are.' })
  memoryPercent!: number;
}
