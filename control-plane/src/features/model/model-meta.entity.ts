import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Vendor } from '../vendor/vendor.entity.ts';
import { NameRule } from './name-rule.ts';

/** What people read about a model, or about all whose names look alike. Routing and prices do not ask it. */
@ObjectType({ implements: Node })
@Entity({ tableName: 'model_meta' })
export class ModelMeta {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('model', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String)
  @Unique()
  @Property({ type: t.string, length: 128 })
  name!: string;

  @Field(() => NameRule)
  @Enum({ items: () => NameRule, type: t.string, default: NameRule.EXACT })
  nameRule: NameRule & Opt = NameRule.EXACT;

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  description: string & Opt = '';

  @Field(() => String, { description: 'Name of an icon, or its address; empty: that of the vendor.' })
  @Property({ type: t.string, length: 2048, default: '' })
  icon: string & Opt = '';

  @Field(() => [String])
  @Property({ type: t.array, default: [] })
  tags: string[] & Opt = [];

  @Index()
  @ManyToOne(() => Vendor, { mapToPk: true, nullable: true, deleteRule: 'set null', fieldName: 'vendor_id' })
  vendorId?: number | null;

  @Field(() => String, { description: 'JSON text: a list of endpoint types, or an object, type to path or {path, method}; empty: what its providers speak.' })
  @Property({ type: t.text, default: '' })
  endpoints: string & Opt = '';

  @Field(() => Boolean, { description: 'Off: its models are not in the price list.' })
  @Property({ type: t.boolean, default: true })
  enabled: boolean & Opt = true;

  @Field(() => Boolean, { description: 'Off: a sync with the catalogue leaves it alone.' })
  @Property({ type: t.boolean, default: true })
  syncOfficial: boolean & Opt = true;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  updatedAt!: Date;

  @Field(() => Int64, { description: 'Send it back as expectedVersion to notice a change by someone else.' })
  @Property({ type: t.integer, default: 1 })
  version: number & Opt = 1;
}
