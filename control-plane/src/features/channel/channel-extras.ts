/** What the compatible REST object carries beyond the channel itself: kept, given back, and read by the providers that know them. */
import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType()
@InputType('ChannelExtrasInput')
export class ChannelExtras {
  @Field(() => String, { nullable: true, description: 'Provider extra such as an API version.' })
  other?: string | null;

  @Field(() => String, { nullable: true })
  organization?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  setting?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  settings?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  statusCodeMapping?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  paramOverride?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text.' })
  headerOverride?: string | null;
}
