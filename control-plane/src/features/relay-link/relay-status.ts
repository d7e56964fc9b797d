import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A relay, as it last spoke of itself.' })
export class RelayStatus {
  @Field(() => String)
  id!: string;

  @Field(() => String, { description: 'Address that it listens on.' })
  address!: string;

  @Field(() => Boolean, { description: 'It has spoken within the last ten seconds.' })
  live!: boolean;

  @Field(() => GraphQLISODateTime)
  seenAt!: Date;

  @Field(() => Int, { description: 'Milliseconds since then.' })
  ageMs!: number;

  @Field(() => Int, { description: 'Version of the picture that it serves; 0: none yet.' })
  version!: number;

  @Field(() => Boolean, { description: 'It serves the newest version.' })
  current!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it refused the newest version; null when it serves it.' })
  refusal!: string | null;

  @Field(() => Int, { description: 'Records in its spool that the ledger has not confirmed.' })
  unshipped!: number;
}
