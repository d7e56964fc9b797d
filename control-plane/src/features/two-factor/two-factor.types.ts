import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/words/user-error.ts';

@ObjectType({ description: 'The caller\'s authenticator app.' })
export class TwoFactorState {
  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Until then no code is taken: too many were wrong.' })
  lockedUntil!: Date | null;

  @Field(() => Int)
  backupCodesLeft!: number;
}

@ObjectType({ description: 'How many users have a second factor.' })
export class TwoFactorStats {
  @Field(() => Int)
  users!: number;

  @Field(() => Int, { description: 'With an authenticator app.' })
  enabled!: number;

  @Field(() => Int, { description: 'With a passkey.' })
  passkeys!: number;
}

@ObjectType()
export class TwoFactorSetupPayload {
  @Field(() => String, { nullable: true, description: 'Base32, to type in where no camera is. Shown in this answer only.' })
  secret: string | null = null;

  @Field(() => String, { nullable: true, description: 'The text of the QR code.' })
  otpauthUrl: string | null = null;

  @Field(() => [String], { nullable: true, description: 'Each good once. Shown in this answer only.' })
  backupCodes: string[] | null = null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(userErrors: UserError[] = []) {
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class BackupCodesPayload {
  @Field(() => [String], { nullable: true, description: 'Each good once, in the place of all earlier ones. Shown in this answer only.' })
  backupCodes: string[] | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(backupCodes: string[] | null, userErrors: UserError[] = []) {
    this.backupCodes = backupCodes;
    this.userErrors = userErrors;
  }
}
