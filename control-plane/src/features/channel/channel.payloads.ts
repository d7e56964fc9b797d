import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Channel } from './channel.entity.ts';

@ObjectType()
export class ChannelPayload {
  @Field(() => Channel, { nullable: true })
  channel?: Channel | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class ChannelCreatePayload {
  @Field(() => [Channel], { description: 'More than one only when each credential was to have its own.' })
  channels!: Channel[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class ChannelTestResult {
  @Field(() => Channel)
  channel!: Channel;

  @Field(() => String)
  model!: string;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => Int, { description: 'Milliseconds; 0 when the probe never left.' })
  latencyMs!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the provider, when it answered.' })
  httpStatus?: number | null;

  @Field(() => String, { nullable: true, description: 'Failure code of the relay.' })
  errorCode?: string | null;

  @Field(() => String, { nullable: true, description: 'What the provider said, without secrets.' })
  message?: string | null;
}

@ObjectType()
export class ChannelTestPayload {
  @Field(() => ChannelTestResult, { nullable: true })
  result?: ChannelTestResult | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType()
export class FacetCount {
  @Field(() => String)
  key!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType()
export class ModelMappingEntry {
  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

export const ChannelConnection = connectionOf('Channel', () => Channel);
