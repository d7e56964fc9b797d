import { Field, InputType, ObjectType } from 'type-graphql';
import { Json } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Passkey } from './passkey.entity.ts';

@InputType()
export class PasskeyResponseInput {
  @Field(() => Json, { description: 'What the browser answered, as JSON (PublicKeyCredential.toJSON).' })
  response!: unknown;
}

@ObjectType()
export class PasskeyChallengePayload {
  @Field(() => Json, { nullable: true, description: 'Options for navigator.credentials, as JSON: what stands under publicKey. Good once, for two minutes, in this browser.' })
  options: unknown;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(options: unknown, userErrors: UserError[] = []) {
    this.options = options;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class PasskeyPayload {
  @Field(() => Passkey, { nullable: true })
  passkey: Passkey | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(passkey: Passkey | null, userErrors: UserError[] = []) {
    this.passkey = passkey;
    this.userErrors = userErrors;
  }
}
