import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({ description: 'What has an id of its own, and is found by it: `node`, `nodes`.' })
export abstract class Node {
  @Field(() => ID)
  id!: string;
}
