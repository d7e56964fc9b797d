import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../../kernel/words/user-error.ts';

@ObjectType({ description: 'What is presented to an upstream, in plain.' })
export class RevealedCredential {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  position!: number;

  @Field(() => String)
  secret!: string;
}

@ObjectType()
export class CredentialRevealPayload {
  @Field(() => [RevealedCredential])
  credentials: RevealedCredential[];

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(credentials: RevealedCredential[], userErrors: UserError[] = []) {
    this.credentials = credentials;
    this.userErrors = userErrors;
  }
}
