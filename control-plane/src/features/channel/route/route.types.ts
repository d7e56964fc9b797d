import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../kernel/list/page.ts';
import { Decimal } from '../../../kernel/scalars.ts';
import { Channel } from '../channel.entity.ts';

@ObjectType({ description: 'That a channel serves a model to a group: one for each of its models and groups.' })
export class Ability {
  @Field(() => String)
  group!: string;

  @Field(() => String)
  model!: string;

  @Field(() => Channel)
  channel!: Channel;

  @Field(() => Boolean, { description: 'False while its channel is off.' })
  enabled!: boolean;

  @Field(() => Int)
  priority!: number;

  @Field(() => Int)
  weight!: number;

  @Field(() => String, { nullable: true })
  tag!: string | null;
}

@InputType({ description: 'Members are joined by AND, the values of a list by OR.' })
export class AbilityFilter {
  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Whole names.' })
  models?: string[] | null;

  @Field(() => [ID], { nullable: true })
  channelIds?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}

@ObjectType()
export class AbilityConnection extends connectionOf('Ability', () => Ability) {}

@ObjectType({ description: 'A channel that a request may go to.' })
export class RouteCandidate {
  @Field(() => Channel)
  channel!: Channel;

  @Field(() => String, { description: 'Whose ratio is charged there.' })
  group!: string;

  @Field(() => Int, { description: 'The attempt that comes to it, counted from 0: each priority of a group is one.' })
  tier!: number;

  @Field(() => Decimal, { description: 'Its part of the requests that come to the tier, 0 to 1, while nothing rests and nothing is pinned by affinity.' })
  share!: string;

  @Field(() => String, { description: 'The name under which it is listed: that of its family where no channel of the group lists the model itself.' })
  listedModel!: string;

  @Field(() => String, { description: 'As the channel names the model to its provider.' })
  mappedModel!: string;

  @Field(() => Int, { description: 'Credentials that are on. 0: attempts that come to it fail.' })
  credentials!: number;
}

export enum RouteObstacle { DISABLED = 'DISABLED', AUTO_DISABLED = 'AUTO_DISABLED', LEFT_OUT = 'LEFT_OUT' }
registerEnumType(RouteObstacle, {
  name: 'RouteObstacle',
  valuesConfig: {
    DISABLED: { description: 'A person switched it off.' },
    AUTO_DISABLED: { description: 'Its errors switched it off.' },
    LEFT_OUT: { description: 'The caller left it out.' },
  },
});

@ObjectType({ description: 'A channel with the group and the model that serves nothing.' })
export class RouteExclusion {
  @Field(() => Channel)
  channel!: Channel;

  @Field(() => String)
  group!: string;

  @Field(() => RouteObstacle)
  obstacle!: RouteObstacle;
}

@ObjectType()
export class RoutePreview {
  @Field(() => [RouteCandidate], { description: 'By tier, then by share. Empty: nobody serves it.' })
  candidates!: RouteCandidate[];

  @Field(() => [RouteExclusion])
  excluded!: RouteExclusion[];
}
