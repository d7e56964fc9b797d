/** What a relay says of itself: written to the hash `weir:relays` each second, and at once when something changed. */
import { Field, Int, ObjectType } from 'type-graphql';
import { EpochMs } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'One member of a credential form.' })
export class CredentialField {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'secret, text or json: how a form shows it.' })
  kind!: string;
}

@ObjectType({ description: 'A provider that the relays can speak to. Announced by them, so no list is kept elsewhere.' })
export class ProviderInfo {
  @Field(() => Int, { description: 'Channel type number.' })
  type!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  label!: string;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => [String])
  dialects!: string[];

  @Field(() => [CredentialField])
  credential!: CredentialField[];

  @Field(() => [String], { description: 'Offered when a channel is added; others may be typed.' })
  suggestedModels!: string[];
}

@ObjectType({ description: 'A relay and the version that it serves.' })
export class RelayState {
  @Field(() => String)
  relayId!: string;

  @Field(() => Int)
  epoch!: number;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  hash!: string;

  @Field(() => String, { nullable: true, description: 'Why the newest version was refused; null when it is served.' })
  refusal?: string | null;

  @Field(() => EpochMs)
  seenAt!: number;

  @Field(() => Int, { description: 'Records in the spool that PostgreSQL has not confirmed.' })
  unshipped!: number;

  @Field(() => String, { description: 'Address that it listens on.' })
  address!: string;

  @Field(() => [ProviderInfo])
  providers!: ProviderInfo[];
}
