import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Vendor } from './vendor.entity.ts';

@InputType({ description: 'What is absent stays as it is.' })
export class VendorPatch {
  @Field(() => String, { nullable: true, description: 'Unique, 1 to 128 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  icon?: string | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}

@ObjectType()
export class VendorPayload {
  @Field(() => Vendor, { nullable: true })
  vendor: Vendor | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(vendor: Vendor | null, userErrors: UserError[] = []) {
    this.vendor = vendor;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class VendorConnection extends connectionOf('Vendor', () => Vendor) {}
