import { Field, InputType, Int } from 'type-graphql';
import { ChannelStatus } from '../channel.entity.ts';

@InputType({ description: 'The same for many channels. What is absent stays as it is.' })
export class ChannelBulkPatch {
  @Field(() => ChannelStatus, { nullable: true })
  status?: ChannelStatus | null;

  @Field(() => String, { nullable: true, description: 'Null or empty takes the tag away.' })
  tag?: string | null;

  @Field(() => Int, { nullable: true })
  priority?: number | null;

  @Field(() => Int, { nullable: true })
  weight?: number | null;

  @Field(() => [String], { nullable: true, description: 'Replaces the groups; empty leaves them.' })
  groups?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  autoBan?: boolean | null;
}

@InputType({ description: 'For every channel with a tag. What is absent stays as it is.' })
export class ChannelTagPatch {
  @Field(() => ChannelStatus, { nullable: true })
  status?: ChannelStatus | null;

  @Field(() => String, { nullable: true, description: 'Null or empty leaves the tag.' })
  newTag?: string | null;

  @Field(() => Int, { nullable: true })
  priority?: number | null;

  @Field(() => Int, { nullable: true })
  weight?: number | null;

  @Field(() => [String], { nullable: true, description: 'Replaces the groups; empty leaves them.' })
  groups?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Replaces the models; empty leaves them.' })
  models?: string[] | null;

  @Field(() => String, { nullable: true, description: 'JSON object as text; empty leaves it.' })
  modelMapping?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  paramOverride?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  headerOverride?: string | null;
}
