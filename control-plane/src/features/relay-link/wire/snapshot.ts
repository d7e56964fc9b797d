/**
 * What the control plane pushes to relays. The picture is a set of small resources, each a JSON text under a key
 * (`channel:12`); a delta replaces some of them. See docs/decisions/0002-relay-link.md for the whole protocol.
 */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EpochMs, Millionths } from '../../../kernel/scalars.ts';
import { RelayModels } from './models.ts';
import { RelayChannelRules, RelayCredentialMode, RelayGuards, RelayRouting } from './routing.ts';

@ObjectType({ description: 'Names one version of the picture. Relay wire only.' })
export class RelayHead {
  @Field(() => Int, { description: 'Shape of the resources; a relay refuses a shape that it does not know.' })
  schema!: number;

  @Field(() => Int, { description: 'Grows by one with each published change.' })
  version!: number;

  @Field(() => String, { description: 'Sum modulo 2^256 of SHA-256(key, newline, body) over all resources, 64 hex digits.' })
  hash!: string;

  @Field(() => EpochMs)
  publishedAt!: number;

  @Field(() => String, { description: 'HMAC-SHA-256 over schema, version, hash and publishedAt, hex.' })
  mac!: string;
}

@ObjectType()
export class RelayResource {
  @Field(() => String, { description: '`kind:id`, for example token:42.' })
  key!: string;

  @Field(() => String, { description: 'JSON text of one of the types below; the hash is over exactly these characters.' })
  body!: string;
}

@ObjectType({ description: 'A change from one version to the next, or a heartbeat when nothing differs.' })
export class RelayDelta {
  @Field(() => RelayHead)
  head!: RelayHead;

  @Field(() => Int, { nullable: true, description: 'The version that the change applies to; null on a heartbeat.' })
  base?: number | null;

  @Field(() => [RelayResource])
  upserts!: RelayResource[];

  @Field(() => [String])
  removals!: string[];
}

export enum RelayChannelStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED', AUTO_DISABLED = 'AUTO_DISABLED' }
registerEnumType(RelayChannelStatus, { name: 'RelayChannelStatus' });

@ObjectType()
export class RelayCredential {
  @Field(() => Int)
  id!: number;

  @Field(() => String, { description: 'Envelope of the secret, bound to (channel_credential, id, secret).' })
  envelope!: string;

  @Field(() => Int, { nullable: true, description: 'Its place among all credentials of the channel, from 0; null: it is the only one.' })
  place?: number | null;
}

@ObjectType()
export class RelayModelMapping {
  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

@ObjectType({ description: 'What some providers need to know of a channel beside its address and credential.' })
export class RelayChannelExtra {
  @Field(() => String, { description: 'Account id, region, API version, bot id: the provider knows which. May be empty.' })
  other!: string;

  @Field(() => String, { description: 'May be empty.' })
  organization!: string;

  @Field(() => String, { description: 'Switches of single providers: a JSON object as text, or empty.' })
  settings!: string;
}

@ObjectType({ description: 'Resource `channel:<id>`.' })
export class RelayChannel {
  @Field(() => Int)
  id!: number;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Channel type number of the contract; the relay finds the provider that claims it.' })
  type!: number;

  @Field(() => RelayChannelStatus)
  status!: RelayChannelStatus;

  @Field(() => String, { nullable: true, description: 'Null: the address of the provider.' })
  baseUrl?: string | null;

  @Field(() => [RelayCredential])
  credentials!: RelayCredential[];

  @Field(() => [String])
  models!: string[];

  @Field(() => [String])
  groups!: string[];

  @Field(() => [RelayModelMapping])
  modelMapping!: RelayModelMapping[];

  @Field(() => Int, { description: 'Higher is preferred.' })
  priority!: number;

  @Field(() => Int, { description: 'Share among channels of one priority.' })
  weight!: number;

  @Field(() => String, { nullable: true })
  testModel?: string | null;

  @Field(() => RelayChannelExtra)
  extra!: RelayChannelExtra;
  @Field(() => String, { nullable: true })
  tag?: string | null;

  @Field(() => RelayCredentialMode, { description: 'How one of several credentials is chosen.' })
  credentialMode!: RelayCredentialMode;

  @Field(() => Boolean, { description: 'Whether errors may switch it off.' })
  autoBan!: boolean;

  @Field(() => RelayChannelRules, { nullable: true, description: 'Null: requests pass as they are.' })
  rules?: RelayChannelRules | null;
}

export enum RelayTokenStatus { ENABLED = 'ENABLED', DISABLED = 'DISABLED', EXPIRED = 'EXPIRED', EXHAUSTED = 'EXHAUSTED' }
registerEnumType(RelayTokenStatus, { name: 'RelayTokenStatus' });

@ObjectType({ description: 'Resource `token:<id>`. The key itself is never here: only its keyed hash.' })
export class RelayToken {
  @Field(() => Int)
  id!: number;

  @Field(() => Int)
  userId!: number;

  @Field(() => String, { description: 'Hex of SHA-256 over (lookup key, the 48 characters of the key).' })
  keyHash!: string;

  @Field(() => String)
  name!: string;

  @Field(() => RelayTokenStatus)
  status!: RelayTokenStatus;

  @Field(() => EpochMs, { nullable: true, description: 'Null: never.' })
  expiresAt?: number | null;

  @Field(() => Boolean, { description: 'False: requests also draw on a lease of the account token:<id>.' })
  unlimited!: boolean;

  @Field(() => String, { description: 'Empty: the group of the owner.' })
  group!: string;

  @Field(() => [String], { nullable: true, description: 'Null: all models; an empty list: none.' })
  models?: string[] | null;

  @Field(() => [String], { description: 'Addresses or CIDRs; empty: any.' })
  allowIps!: string[];

  @Field(() => Boolean, { description: 'With the group `auto`: a failed attempt may go on in the next group.' })
  crossGroupRetry!: boolean;
}

@ObjectType({ description: 'Resource `user:<id>`.' })
export class RelayUser {
  @Field(() => Int)
  id!: number;

  @Field(() => String)
  username!: string;

  @Field(() => Int, { description: '1 user, 10 admin, 100 root.' })
  role!: number;

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => String)
  group!: string;

  @Field(() => Boolean, { description: 'Models without a price are served to them, at the ratio of self-use.' })
  acceptsUnpriced!: boolean;
}

@ObjectType({ description: 'Another ratio, for users of one group.' })
export class RelayGroupRatio {
  @Field(() => String, { description: 'Group of the user.' })
  userGroup!: string;

  @Field(() => Millionths)
  ratio!: number;
}

@ObjectType({ description: 'Resource `group:<name>`.' })
export class RelayGroup {
  @Field(() => String)
  name!: string;

  @Field(() => Millionths)
  ratio!: number;

  @Field(() => Boolean, { description: 'Whether any user may choose it for a token; the own group of a user is always allowed.' })
  selectable!: boolean;

  @Field(() => [RelayGroupRatio], { description: 'Ratios that replace its own.' })
  ratios!: RelayGroupRatio[];

  @Field(() => [String], { description: 'Groups whose users may choose it though it is not selectable.' })
  allowed!: string[];

  @Field(() => [String], { description: 'Groups whose users may not choose it though it is.' })
  refused!: string[];
}

export enum RelayPriceMode { RATIO = 'RATIO', PER_CALL = 'PER_CALL', TIERED = 'TIERED' }
registerEnumType(RelayPriceMode, {
  name: 'RelayPriceMode',
  valuesConfig: { TIERED: { description: 'An expression gives the price of each request (semantics 1.9).' } },
});

@ObjectType({ description: 'A price that is computed from what a request uses.' })
export class RelayExpression {
  @Field(() => String)
  text!: string;

  @Field(() => String, { description: 'SHA-256 of the text, in hexadecimal.' })
  sha256!: string;
}

@ObjectType({ description: 'Resource `price:<model>`. Ratios as in semantics 1.4; an unset ratio arrives with its default filled in.' })
export class RelayPrice {
  @Field(() => String)
  model!: string;

  @Field(() => Int, { description: 'Number of the price row; a charge keeps it, so that it can be computed again.' })
  version!: number;

  @Field(() => RelayPriceMode)
  mode!: RelayPriceMode;

  @Field(() => Millionths, { description: 'RATIO: 1 is 2 USD for a million input tokens. Else: 0.' })
  modelRatio!: number;

  @Field(() => Millionths)
  completionRatio!: number;

  @Field(() => Millionths)
  cacheReadRatio!: number;

  @Field(() => Millionths)
  cacheWriteRatio!: number;

  @Field(() => Millionths, { description: 'One-hour cache writes.' })
  cacheWrite1hRatio!: number;

  @Field(() => Millionths)
  imageRatio!: number;

  @Field(() => Millionths)
  audioRatio!: number;

  @Field(() => Millionths)
  audioCompletionRatio!: number;

  @Field(() => Millionths, { description: 'PER_CALL: US dollars for a request. Else: 0.' })
  callPrice!: number;

  @Field(() => RelayExpression, { nullable: true, description: 'TIERED only.' })
  expression?: RelayExpression | null;
}

@ObjectType({ description: 'Resource `settings:site`.' })
export class RelaySettings {
  @Field(() => Int)
  quotaPerUnit!: number;

  @Field(() => Int, { description: 'Attempts beyond the first (semantics 3.2).' })
  retryTimes!: number;

  @Field(() => Int, { description: 'Least prompt tokens that a hold assumes.' })
  preConsumedQuota!: number;

  @Field(() => Boolean, { description: 'Self-use mode: a model without a price costs ratio 37.5 instead of being refused.' })
  selfUse!: boolean;

  @Field(() => Boolean, { description: 'Reserve the worst case instead of the compatible hold.' })
  strictHold!: boolean;

  @Field(() => [String], { description: 'Upstream addresses allowed although private: CIDR, or CIDR with :port.' })
  privateUpstreams!: string[];

  @Field(() => RelayRouting)
  routing!: RelayRouting;

  @Field(() => RelayGuards)
  guards!: RelayGuards;

  @Field(() => RelayModels)
  models!: RelayModels;

  @Field(() => Boolean, { description: 'Refusals before a request is understood have one shape for all dialects (semantics 2.5).' })
  legacyErrors!: boolean;

  @Field(() => Boolean, { description: 'Whether a request that costs nothing needs an account that is not empty.' })
  freeNeedsBalance!: boolean;

  @Field(() => Int, { description: 'Seconds of silence in a stream after which it is kept warm; 0: as the relay is configured.' })
  pingSeconds!: number;
}
