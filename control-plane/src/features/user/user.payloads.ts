import { Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { User } from './user.entity.ts';

@ObjectType()
export class UserConnection extends connectionOf('User', () => User) {}

@ObjectType({ description: 'The user as they were, and the id that caches may evict.' })
export class UserDeletePayload {
  @Field(() => String, { nullable: true })
  deletedId: string | null;

  @Field(() => User, { nullable: true })
  user: User | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(user: User | null, userErrors: UserError[] = []) {
    this.deletedId = user?.globalId ?? null;
    this.user = user;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class UserPayload {
  @Field(() => User, { nullable: true })
  user: User | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(user: User | null, userErrors: UserError[] = []) {
    this.user = user;
    this.userErrors = userErrors;
  }
}
