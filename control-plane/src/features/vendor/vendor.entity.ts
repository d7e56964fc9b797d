import { t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

/** Who makes a model, as people see it in lists. No relay knows of it. */
@ObjectType({ implements: Node })
@Entity({ tableName: 'vendor' })
export class Vendor {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('vendor', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String)
  @Unique()
  @Property({ type: t.string, length: 128 })
  name!: string;

  @Field(() => String)
  @Property({ type: t.text, default: '' })
  description: string & Opt = '';

  @Field(() => String, { description: 'Name of an icon, or its address.' })
  @Property({ type: t.string, length: 2048, default: '' })
  icon: string & Opt = '';

  @Field(() => Boolean, { description: 'Off: not named in the price list.' })
  @Property({ type: t.boolean, default: true })
  enabled: boolean & Opt = true;

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
