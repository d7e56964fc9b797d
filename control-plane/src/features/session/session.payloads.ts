import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/words/user-error.ts';
import { Viewer } from '../viewer/viewer.type.ts';

@ObjectType()
export class SessionPayload {
  @Field(() => Viewer, { nullable: true })
  viewer: Viewer | null;

  @Field(() => Boolean, { description: 'The first step was right; sessionVerifyTwoFactor is the second.' })
  twoFactorRequired = false;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(viewer: Viewer | null, userErrors: UserError[] = []) {
    this.viewer = viewer;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class AccessTokenPayload {
  @Field(() => String, { nullable: true, description: '32 characters, shown in this answer only.' })
  accessToken: string | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(accessToken: string | null, userErrors: UserError[] = []) {
    this.accessToken = accessToken;
    this.userErrors = userErrors;
  }
}
