import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import { SortDirection } from '../../kernel/list/page.ts';
import { Quota, Secret } from '../../kernel/scalars.ts';
import { UserStatus } from './user.entity.ts';

@InputType()
export class UserFilter {
  @Field(() => String, { nullable: true, description: 'Part of user name, display name or e-mail address; or the number of a user.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Part of the user name.' })
  username?: string | null;

  @Field(() => [UserStatus], { nullable: true })
  statuses?: UserStatus[] | null;

  @Field(() => [Int], { nullable: true })
  roles?: number[] | null;

  @Field(() => [String], { nullable: true })
  groups?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Deleted users, too.' })
  includeDeleted?: boolean | null;
}

export enum UserOrderField { ID = 'ID', USERNAME = 'USERNAME', CREATED_AT = 'CREATED_AT', USED_QUOTA = 'USED_QUOTA', REQUEST_COUNT = 'REQUEST_COUNT' }
registerEnumType(UserOrderField, { name: 'UserOrderField' });

@InputType()
export class UserOrder {
  @Field(() => UserOrderField)
  field!: UserOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}

@InputType()
export class UserCreateInput {
  @Field(() => String, { description: '1 to 20 characters, without spaces and @.' })
  username!: string;

  @Field(() => Secret, { description: '8 to 128 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'At most 20 characters.' })
  displayName?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => Int, { nullable: true, description: '1 (the default) or 10, below the caller\'s own.' })
  role?: number | null;

  @Field(() => String, { nullable: true })
  group?: string | null;

  @Field(() => Quota, { nullable: true, description: 'Opening balance. Needs USER_QUOTA_WRITE.' })
  quota?: bigint | null;

  @Field(() => String, { nullable: true, description: 'For admins only; at most 255 characters.' })
  remark?: string | null;
}

@InputType({ description: 'What is absent stays as it is.' })
export class UserPatch {
  @Field(() => String, { nullable: true })
  username?: string | null;

  @Field(() => Secret, { nullable: true, description: 'Ends all sessions of the user.' })
  password?: string | null;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => Int, { nullable: true, description: '1 or 10, below the caller\'s own. Ends all sessions of the user.' })
  role?: number | null;

  @Field(() => String, { nullable: true })
  group?: string | null;

  @Field(() => String, { nullable: true })
  remark?: string | null;

  @Field(() => UserStatus, { nullable: true })
  status?: UserStatus | null;

  @Field(() => Quota, { nullable: true, description: 'Sets the balance by posting the difference; needs USER_QUOTA_WRITE. Programs rather use userQuotaAdjust: it takes a reason and what they expect.' })
  quota?: bigint | null;
}

@InputType({ description: 'What is absent stays as it is.' })
export class ViewerPatch {
  @Field(() => String, { nullable: true })
  username?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => Secret, { nullable: true, description: 'Needed for a new password.' })
  currentPassword?: string | null;

  @Field(() => Secret, { nullable: true, description: 'Ends all other sessions.' })
  newPassword?: string | null;
}

@InputType({ description: 'What is absent stays as it is.' })
export class PreferencesPatch {
  @Field(() => String, { nullable: true, description: 'A JSON object of at most 10,000 characters; empty: nothing chosen.' })
  sidebarModules?: string | null;
}
