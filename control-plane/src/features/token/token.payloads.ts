import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Token } from './token.entity.ts';

@ObjectType()
export class TokenConnection extends connectionOf('Token', () => Token) {}

@ObjectType()
export class TokenPayload {
  @Field(() => Token, { nullable: true })
  token: Token | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(token: Token | null, userErrors: UserError[] = []) {
    this.token = token;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class TokenCreatePayload extends TokenPayload {
  @Field(() => String, { nullable: true, description: 'The whole key, beginning with sk-. Keep it: lists show it masked.' })
  key: string | null;

  constructor(token: Token | null, key: string | null, userErrors: UserError[] = []) {
    super(token, userErrors);
    this.key = key;
  }
}

@ObjectType()
export class RevealedKey {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The whole key, beginning with sk-.' })
  key!: string;
}

@ObjectType()
export class TokenRevealPayload {
  @Field(() => [RevealedKey])
  keys: RevealedKey[];

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(keys: RevealedKey[], userErrors: UserError[] = []) {
    this.keys = keys;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class TokenBulkDeletePayload {
  @Field(() => Int, { description: 'How many are gone; ids that are not the caller\'s do not count.' })
  deleted: number;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(deleted: number, userErrors: UserError[] = []) {
    this.deleted = deleted;
    this.userErrors = userErrors;
  }
}
