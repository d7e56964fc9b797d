import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';

/** One day on which a user checked in. The database holds that there is one for a day. */
@ObjectType({ description: 'A day on which the caller checked in.' })
@Unique({ properties: ['userId', 'day'] })
@Entity({ tableName: 'check_in' })
export class CheckIn {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Property({ type: t.integer })
  userId!: number;

  @Field(() => String, { description: 'YYYY-MM-DD, in the time zone of the site.' })
  @Property({ type: t.string, length: 10 })
  day!: string;

  @Field(() => Quota)
  @Property({ type: new BigIntType('bigint') })
  quota!: bigint;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  at!: Date;
}
