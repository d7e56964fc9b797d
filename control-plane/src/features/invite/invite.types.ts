import { Field, Int, ObjectType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';

@ObjectType({ description: 'Whom a user brought, and what it earned them.' })
export class InviteInfo {
  /** Not a field: what its fields are computed from. */
  userId!: number;

  @Field(() => String, { nullable: true, description: 'Null until its owner first asks for it.' })
  code!: string | null;

  @Field(() => Int, { description: 'Users who registered with the code.' })
  count!: number;

  @Field(() => Quota, { description: 'Everything that invitations ever brought.' })
  lifetime!: bigint;

  @Field(() => Int, { nullable: true, description: 'Number of the user who invited this one.' })
  inviterId!: number | null;
}

@ObjectType()
export class InviteTransferPayload {
  @Field(() => Quota, { nullable: true, description: 'What moved.' })
  quota!: bigint | null;

  @Field(() => InviteInfo, { nullable: true })
  invite!: InviteInfo | null;

  @Field(() => Boolean, { description: 'The same key was used before: nothing moved now.' })
  replayed!: boolean;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
