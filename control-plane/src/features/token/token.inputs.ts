import { Field, GraphQLISODateTime, ID, InputType, registerEnumType } from 'type-graphql';
import { SortDirection } from '../../kernel/list/page.ts';
import { Quota } from '../../kernel/scalars.ts';
import { TokenStatus } from './token.entity.ts';

@InputType()
export class TokenFilter {
  @Field(() => String, { nullable: true, description: 'Part of the name.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'The whole key, or its first or last characters, with or without sk-.' })
  keyFragment?: string | null;

  @Field(() => [TokenStatus], { nullable: true, description: 'As stored: a key that ran out by itself is still ENABLED here.' })
  statuses?: TokenStatus[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only in lists of everybody\'s keys.' })
  ownerId?: string | null;
}

export enum TokenOrderField { ID = 'ID', NAME = 'NAME', CREATED_AT = 'CREATED_AT', LAST_USED_AT = 'LAST_USED_AT', EXPIRES_AT = 'EXPIRES_AT', USED = 'USED' }
registerEnumType(TokenOrderField, { name: 'TokenOrderField' });

@InputType()
export class TokenOrder {
  @Field(() => TokenOrderField)
  field!: TokenOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}

@InputType()
class TokenLimits {
  @Field(() => Boolean, { nullable: true, description: 'True: only the wallet of the owner limits it.' })
  unlimited?: boolean | null;

  @Field(() => Quota, { nullable: true, description: 'What it may still spend, when it is limited.' })
  quota?: bigint | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: never.' })
  expiresAt?: Date | null;

  @Field(() => [String], { nullable: true, description: 'Models that it may use. Null: all; an empty list: none.' })
  models?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'False: all models, whatever `models` says. True: those of the list that was written last.' })
  limitModels?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'The list alone: it limits when limitModels says so, or when it did before.' })
  modelList?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Addresses or CIDRs that may use it; empty: any.' })
  allowIps?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Empty: the group of the owner.' })
  group?: string | null;

  @Field(() => Boolean, { nullable: true })
  crossGroupRetry?: boolean | null;
}

@InputType()
export class TokenCreateInput extends TokenLimits {
  @Field(() => String, { defaultValue: '', description: 'At most 50 bytes.' })
  name: string = '';
}

@InputType({ description: 'What is absent stays as it is.' })
export class TokenPatch extends TokenLimits {
  @Field(() => String, { nullable: true, description: 'At most 50 bytes.' })
  name?: string | null;

  @Field(() => TokenStatus, { nullable: true })
  status?: TokenStatus | null;
}
