import { Directive, Field, ObjectType } from 'type-graphql';
import { AllowSelf } from '../../kernel/permission.ts';
import { User } from '../user/user.entity.ts';

/** The caller, and the root of everything that is theirs: other features hang their fields here. */
@ObjectType({ description: 'The caller, and what is theirs.' })
export class Viewer {
  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/self", view: "LegacySelf")')
  @Field(() => User)
  user: User;

  constructor(user: User) {
    this.user = user;
  }
}
