import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, SortDirection } from '../../kernel/list/page.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { ModelMeta } from './model-meta.entity.ts';
import { NameRule } from './name-rule.ts';

@InputType({ description: 'What is absent stays as it is.' })
export class ModelPatch {
  @Field(() => String, { nullable: true, description: 'Unique, 1 to 128 characters.' })
  name?: string | null;

  @Field(() => NameRule, { nullable: true })
  nameRule?: NameRule | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  icon?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 255 characters together.' })
  tags?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Null: no vendor.' })
  vendorId?: string | null;

  @Field(() => String, { nullable: true, description: 'JSON text: a list of endpoint types, or an object, type to path or {path, method}.' })
  endpoints?: string | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  syncOfficial?: boolean | null;
}

@InputType()
export class ModelFilter {
  @Field(() => String, { nullable: true, description: 'Part of the name, the description or a tag.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Id of a vendor, or part of its name.' })
  vendor?: string | null;

  @Field(() => [String], { nullable: true, description: 'Any of these.' })
  tags?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}

export enum ModelOrderField { ID = 'ID', NAME = 'NAME', CREATED_AT = 'CREATED_AT', UPDATED_AT = 'UPDATED_AT' }
registerEnumType(ModelOrderField, { name: 'ModelOrderField' });

@InputType()
export class ModelOrder {
  @Field(() => ModelOrderField)
  field!: ModelOrderField;

  @Field(() => SortDirection)
  direction!: SortDirection;
}

@ObjectType()
export class ModelPayload {
  @Field(() => ModelMeta, { nullable: true })
  model: ModelMeta | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(model: ModelMeta | null, userErrors: UserError[] = []) {
    this.model = model;
    this.userErrors = userErrors;
  }
}

@ObjectType({ description: 'A channel that serves a model.' })
export class BoundChannel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int)
  type!: number;
}

@ObjectType()
export class ModelMetaConnection extends connectionOf('ModelMeta', () => ModelMeta) {}
