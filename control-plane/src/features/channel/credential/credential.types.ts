import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../../kernel/words/user-error.ts';
import { Channel } from '../channel.entity.ts';
import { ChannelCredential } from './channel-credential.entity.ts';

export enum CredentialAction {
  ENABLE = 'ENABLE', DISABLE = 'DISABLE', DELETE = 'DELETE',
  ENABLE_ALL = 'ENABLE_ALL', DISABLE_ALL = 'DISABLE_ALL', DELETE_AUTO_DISABLED = 'DELETE_AUTO_DISABLED',
}
registerEnumType(CredentialAction, {
  name: 'CredentialAction',
  description: 'The first three need ids or positions.',
  valuesConfig: { DELETE_AUTO_DISABLED: { description: 'Deletes those that their errors have switched off.' } },
});

@ObjectType()
export class ChannelCredentialsPayload {
  @Field(() => Channel, { nullable: true })
  channel: Channel | null;

  @Field(() => Int, { description: 'Credentials that were switched or deleted.' })
  changed: number;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(channel: Channel | null, changed: number, userErrors: UserError[] = []) {
    this.channel = channel;
    this.changed = changed;
    this.userErrors = userErrors;
  }
}

@ObjectType({ description: 'A page of the credentials of a channel, in their order; the counts are of all of them.' })
export class ChannelCredentialPage {
  @Field(() => [ChannelCredential])
  nodes: ChannelCredential[] = [];

  @Field(() => [String], { description: 'Of each node, in their order: its first ten characters and three dots. A credential that is not longer is only masked.' })
  previews: string[] = [];

  @Field(() => Int, { description: 'Credentials of the asked status.' })
  total = 0;

  @Field(() => Int, { description: 'The page that this is: the last one when a later one was asked for.' })
  page = 1;

  @Field(() => Int)
  pageSize = 0;

  @Field(() => Int)
  pageCount = 1;

  @Field(() => Int)
  enabledCount = 0;

  @Field(() => Int)
  disabledCount = 0;

  @Field(() => Int)
  autoDisabledCount = 0;

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}
