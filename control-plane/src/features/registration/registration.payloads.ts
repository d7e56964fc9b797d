import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/words/user-error.ts';

@ObjectType()
export class PasswordResetPayload {
  @Field(() => String, { nullable: true, description: 'The password that was made; null when the caller chose one.' })
  newPassword: string | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(newPassword: string | null, userErrors: UserError[] = []) {
    this.newPassword = newPassword;
    this.userErrors = userErrors;
  }
}
