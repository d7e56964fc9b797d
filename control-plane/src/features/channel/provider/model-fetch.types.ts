import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../../kernel/words/user-error.ts';
import { Channel } from '../channel.entity.ts';
import type { UpstreamDiff } from './upstream-diff.ts';

@InputType({ description: 'A saved channel, or an account that is not saved yet: never a stored credential with another address.' })
export class ModelFetchInput {
  @Field(() => ID, { nullable: true })
  channelId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Channel type number.' })
  type?: number | null;

  @Field(() => String, { nullable: true, description: 'Empty: the address of the provider.' })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Only its first line is used. Kept nowhere.' })
  credential?: string | null;
}

@ObjectType()
export class ModelFetchPayload {
  @Field(() => [String], { description: 'As the provider lists them.' })
  models: string[];

  @Field(() => [String], { description: 'Those that the saved channel has not.' })
  added: string[];

  @Field(() => [String], { description: 'Those of the saved channel that the provider does not list.' })
  removed: string[];

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(models: string[], diff?: Pick<UpstreamDiff, 'added' | 'removed'>, userErrors: UserError[] = []) {
    this.models = models;
    this.added = diff?.added ?? [];
    this.removed = diff?.removed ?? [];
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class ChannelBalancePayload {
  @Field(() => Channel, { nullable: true })
  channel: Channel | null;

  @Field(() => Float, { nullable: true, description: 'US dollars, as a number for those that want one.' })
  balance: number | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(channel: Channel | null, userErrors: UserError[] = []) {
    this.channel = channel;
    this.balance = channel ? Number(channel.balance) : null;
    this.userErrors = userErrors;
  }
}
