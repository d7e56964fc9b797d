/** What relays notice about credentials, told on the stream `weir:reports`. The control plane decides what follows from it. */
import { Field, Int, ObjectType } from 'type-graphql';
import { EpochMs } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'Entry of the stream `weir:reports`: a provider refused a credential in a way that proves it useless (semantics 3.4).' })
export class CredentialReport {
  @Field(() => Int)
  channelId!: number;

  @Field(() => Int)
  credentialId!: number;

  @Field(() => Int, { description: 'Status that counts; 0 when the credential does not fit the form of its provider.' })
  status!: number;

  @Field(() => String, { description: 'For the operator, masked.' })
  reason!: string;

  @Field(() => EpochMs)
  at!: number;
}
