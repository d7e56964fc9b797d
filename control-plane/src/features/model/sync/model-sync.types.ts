import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../../kernel/words/user-error.ts';
import type { Locale } from './catalogue.ts';

export enum CatalogueLocale { EN = 'en', ZH = 'zh', JA = 'ja' }
registerEnumType(CatalogueLocale, { name: 'CatalogueLocale' });

@InputType()
export class ModelOverwriteInput {
  @Field(() => String)
  modelName!: string;

  @Field(() => [String], { description: 'Of description, icon, tags, vendor, name_rule, status.' })
  fields!: string[];
}

@InputType()
export class ModelSyncInput {
  @Field(() => [ModelOverwriteInput], { nullable: true, description: 'Rows that exist and are to take over fields. Rows that are not synced stay as they are.' })
  overwrite?: ModelOverwriteInput[] | null;

  @Field(() => CatalogueLocale, { nullable: true, description: 'Language of the descriptions; that of the caller when absent.' })
  locale?: Locale | null;
}

@ObjectType()
export class ModelSyncSource {
  @Field(() => String)
  locale!: string;

  @Field(() => String)
  modelsUrl!: string;

  @Field(() => String)
  vendorsUrl!: string;
}

@ObjectType()
export class ModelFieldConflict {
  @Field(() => String)
  field!: string;

  @Field(() => String)
  local!: string;

  @Field(() => String)
  upstream!: string;
}

@ObjectType()
export class ModelConflict {
  @Field(() => String)
  model!: string;

  @Field(() => [ModelFieldConflict])
  fields!: ModelFieldConflict[];
}

@ObjectType()
export class ModelSyncPreview {
  @Field(() => [String], { description: 'Served models without metadata that the catalogue knows: a sync makes rows for them.' })
  missing: string[] = [];

  @Field(() => [ModelConflict], { description: 'Rows that differ from the catalogue.' })
  conflicts: ModelConflict[] = [];

  @Field(() => ModelSyncSource, { nullable: true })
  source: ModelSyncSource | null = null;

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}

@ObjectType()
export class ModelSyncPayload {
  @Field(() => [String])
  created: string[] = [];

  @Field(() => [String])
  updated: string[] = [];

  @Field(() => [String], { description: 'Served models without metadata that the catalogue does not know, and rows that are not synced.' })
  skipped: string[] = [];

  @Field(() => Int)
  createdVendors = 0;

  @Field(() => ModelSyncSource, { nullable: true })
  source: ModelSyncSource | null = null;

  @Field(() => [UserError])
  userErrors: UserError[] = [];
}
