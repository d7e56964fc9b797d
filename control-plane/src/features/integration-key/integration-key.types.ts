import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Permission } from '../../kernel/permission.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { IntegrationKey } from './integration-key.entity.ts';

@InputType()
export class IntegrationKeyInput {
  @Field(() => String, { description: '1 to 50 characters.' })
  name!: string;

  @Field(() => [Permission], { description: 'At least one; none that the caller lacks.' })
  permissions!: Permission[];

  @Field(() => [String], { nullable: true, description: 'Addresses and CIDR ranges it may call from; without them: any.' })
  allowIps?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Users that it is limited to, 1 to 1,000: it may use fields marked with @ofUsers only, and reach those users only. Absent: no such limit.' })
  userScope?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ends; absent: never.' })
  expiresAt?: Date | null;

  @Field(() => Int, { defaultValue: 200, description: 'Points of the cost bucket that come back each second, 1 to 1,000.' })
  costPerSecond!: number;
}

@ObjectType()
export class IntegrationKeyPayload {
  @Field(() => IntegrationKey, { nullable: true })
  key: IntegrationKey | null;

  @Field(() => String, { nullable: true, description: 'The whole key. It is in this answer only.' })
  secret: string | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(key: IntegrationKey | null, secret: string | null, userErrors: UserError[] = []) {
    this.key = key;
    this.secret = secret;
    this.userErrors = userErrors;
  }
}
