import { Field, InputType } from 'type-graphql';
import { Secret } from '../../kernel/scalars.ts';

@InputType()
export class LoginInput {
  @Field(() => String, { description: 'User name or e-mail address.' })
  username!: string;

  @Field(() => Secret)
  password!: string;

  @Field(() => String, { nullable: true, description: 'Answer of the human check, where the site asks for one.' })
  captcha?: string | null;
}

@InputType()
export class TwoFactorCodeInput {
  @Field(() => String, { description: 'Six digits of the app, or a backup code.' })
  code!: string;
}
