import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { fromMillionths } from '../../kernel/millionths.ts';
import { Decimal, Int64 } from '../../kernel/scalars.ts';

/** Callers that share a ratio and channels. Its name is its identity in tokens, channels and logs. */
@ObjectType()
@Entity({ tableName: 'user_group' })
export class Group {
  @Field(() => String)
  @PrimaryKey({ type: t.string, length: 64 })
  name!: string;

  /** Millionths: 1000000 is ×1. */
  @Property({ type: new BigIntType('number'), fieldName: 'ratio_millionths', default: 1_000_000 })
  ratioMillionths: number & Opt = 1_000_000;

  @Field(() => Decimal, { description: 'Multiplies the price of every request of the group; 0 is free.' })
  get ratio(): string & Opt { return fromMillionths(this.ratioMillionths); }

  @Field(() => Boolean, { description: 'Whether any user may choose it for a token; the own group of a user is always allowed.' })
  @Property({ type: t.boolean, default: false })
  selectable: boolean & Opt = false;

  @Field(() => String)
  @Property({ type: t.string, length: 255, default: '' })
  description: string & Opt = '';

  @Field(() => Int64)
  @Property({ type: t.integer, version: true })
  version!: number & Opt;
}
