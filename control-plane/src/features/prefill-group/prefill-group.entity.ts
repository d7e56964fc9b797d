import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';

export enum PrefillType { MODEL = 'MODEL', TAG = 'TAG', ENDPOINT = 'ENDPOINT' }
registerEnumType(PrefillType, { name: 'PrefillType' });

/** A list that people put together once and fill forms with. Nothing but forms reads it. */
@ObjectType({ implements: Node })
@Entity({ tableName: 'prefill_group' })
@Index({ properties: ['updatedAt', 'id'] })
export class PrefillGroup {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('prefillGroup', this.id); }

  @Field(() => Int64)
  get legacyId(): bigint & Opt { return BigInt(this.id); }

  @Field(() => String)
  @Unique()
  @Property({ type: t.string, length: 64 })
  name!: string;

  @Field(() => PrefillType)
  @Enum({ items: () => PrefillType, type: t.string })
  type!: PrefillType;

  @Field(() => String, { description: 'JSON text: a list of texts; of endpoints also an object, type to path.' })
  @Property({ type: t.text, default: '[]' })
  items: string & Opt = '[]';

  @Field(() => String)
  @Property({ type: t.string, length: 255, default: '' })
  description: string & Opt = '';

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  updatedAt!: Date;

  @Field(() => Int64, { description: 'Send it back as expectedVersion to notice a change by someone else.' })
  @Property({ type: t.integer, version: true })
  version!: number & Opt;
}
