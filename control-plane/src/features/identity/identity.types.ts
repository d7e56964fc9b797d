import { Field, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/words/user-error.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { IdentityKind } from './identity-kind.ts';
import type { TelegramData } from './telegram.ts';

@ObjectType()
export class OAuthBeginPayload {
  @Field(() => String, { nullable: true, description: 'Where the browser goes; it comes back to /oauth/… with code and state.' })
  url: string | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(url: string | null, userErrors: UserError[] = []) {
    this.url = url;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class OAuthStatePayload {
  @Field(() => String, { description: '12 characters, good once, for ten minutes, in this browser.' })
  state: string;

  @Field(() => [UserError])
  userErrors: UserError[] = [];

  constructor(state: string) {
    this.state = state;
  }
}

@ObjectType()
export class OAuthFinishPayload extends SessionPayload {
  @Field(() => Boolean, { description: 'Somebody was signed in: the account elsewhere is bound to theirs.' })
  bound = false;
}

@ObjectType()
export class BindingPayload {
  @Field(() => Viewer, { nullable: true })
  viewer: Viewer | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(viewer: Viewer | null, userErrors: UserError[] = []) {
    this.viewer = viewer;
    this.userErrors = userErrors;
  }
}

@InputType({ description: 'What the login widget of Telegram hands over, unchanged.' })
export class TelegramInput implements TelegramData {
  @Field(() => String)
  id!: string;

  @Field(() => String, { nullable: true })
  firstName?: string | null;

  @Field(() => String, { nullable: true })
  lastName?: string | null;

  @Field(() => String, { nullable: true })
  username?: string | null;

  @Field(() => String, { nullable: true })
  photoUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Unix seconds.' })
  authDate?: string | null;

  @Field(() => String)
  hash!: string;
}

@ObjectType({ description: 'How people sign in with an account elsewhere.' })
export class SignInMethod {
  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => IdentityKind)
  kind!: IdentityKind;

  @Field(() => String, { nullable: true, description: 'Client id there, or name of the bot.' })
  clientId!: string | null;

  @Field(() => String, { nullable: true, description: 'Where people sign in there, or the picture with the QR code; null when oauthBegin tells.' })
  address!: string | null;
}
