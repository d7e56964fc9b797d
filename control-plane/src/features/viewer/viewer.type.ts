import { Field, ObjectType } from 'type-graphql';
import { User } from '../user/user.entity.ts';

/** The caller, and the root of everything that is theirs: other features hang their fields here. */
@ObjectType({ description: 'The caller, and what is theirs.' })
export class Viewer {
  @Field(() => User)
  user: User;

  constructor(user: User) {
    this.user = user;
  }
}
