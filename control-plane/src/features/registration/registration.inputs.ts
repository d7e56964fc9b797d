import { Field, InputType } from 'type-graphql';
import { Secret } from '../../kernel/scalars.ts';

const captcha = 'Answer of the human check, where the site asks for one.';

@InputType()
export class RegisterInput {
  @Field(() => String, { description: '1 to 20 characters, without spaces and @.' })
  username!: string;

  @Field(() => Secret, { description: '8 to 128 characters, none of the common ones.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'Needed where the site verifies addresses.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What emailVerificationSend mailed.' })
  verificationCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Of whoever invited the new user; an unknown one counts as none.' })
  inviteCode?: string | null;

  @Field(() => String, { nullable: true, description: captcha })
  captcha?: string | null;
}

@InputType()
export class PasswordResetInput {
  @Field(() => String)
  email!: string;

  @Field(() => String, { description: 'Out of the mailed link.' })
  token!: string;

  @Field(() => Secret, { nullable: true, description: 'The new password. Absent: one of 12 characters is made, and shown in this answer only.' })
  password?: string | null;
}
