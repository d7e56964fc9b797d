/** Trying out what a channel would do to a request. Only relays know the rules; nothing is sent to anybody. The answer goes to `weir:probes:<nonce>`. */
import { Field, Int, ObjectType } from 'type-graphql';
import { EpochMs } from '../../../kernel/scalars.ts';

@ObjectType({ description: 'A request and the overrides to try on it.' })
export class OverrideRehearsal {
  @Field(() => String)
  nonce!: string;

  @Field(() => String, { description: 'As the client named it.' })
  model!: string;

  @Field(() => String, { description: 'As the channel names it.' })
  upstreamModel!: string;

  @Field(() => String, { description: 'Path of the request.' })
  path!: string;

  @Field(() => String, { description: 'JSON, as it would go upstream.' })
  body!: string;

  @Field(() => [String], { description: 'Of the client: name, value, name, value …' })
  headers!: string[];

  @Field(() => String, { nullable: true })
  paramOverride?: string | null;

  @Field(() => String, { nullable: true })
  headerOverride?: string | null;

  @Field(() => EpochMs)
  askedAt!: number;
}

@ObjectType()
export class OverrideRehearsalResult {
  @Field(() => String)
  nonce!: string;

  @Field(() => Boolean, { description: 'False: the overrides refuse the request, or cannot be read.' })
  ok!: boolean;

  @Field(() => Int, { nullable: true, description: 'HTTP status of a refusal.' })
  status?: number | null;

  @Field(() => String, { nullable: true })
  detail?: string | null;

  @Field(() => String)
  body!: string;

  @Field(() => [String], { description: 'That the overrides add or hand on: name, value …' })
  headers!: string[];
}
