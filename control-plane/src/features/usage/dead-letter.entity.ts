import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A record that could not be posted. The others went on; a person must look at this one. */
@Entity({ tableName: 'dead_letter' })
export class DeadLetter {
  @PrimaryKey({ type: new BigIntType('bigint'), autoincrement: true })
  id!: bigint & Opt;

  @Property({ type: t.string, length: 64 })
  relayId!: string;

  @Property({ type: t.integer })
  epoch!: number;

  @Property({ type: t.integer })
  sequence!: number;

  @Property({ type: t.text })
  reason!: string;

  /** The record as it came. */
  @Property({ type: t.text })
  body!: string;

  @Property({ type: t.datetime, length: 3 })
  at!: Date;
}
