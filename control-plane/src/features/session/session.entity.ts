import { t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { typedId } from '../../kernel/typed-id.ts';

/** A signed-in browser. The cookie holds a random id, the table only its hash (SES-01). */
@ObjectType({ implements: Node, description: 'A browser that is signed in.' })
@Entity({ tableName: 'session' })
export class Session {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('session', this.id); }

  /** Hex of SHA-256 of the cookie's value. */
  @Property({ type: t.string, length: 64, unique: true, hidden: true })
  keyHash!: string;

  @Index()
  @Property({ type: t.integer })
  userId!: number;

  @Field(() => String, { name: 'ip' })
  @Property({ type: t.string, length: 64 })
  address!: string;

  @Field(() => String)
  @Property({ type: t.string, length: 255 })
  userAgent!: string;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  /** When somebody last proved here who they are (step-up); a new session has not. */
  @Property({ type: t.datetime, length: 3, nullable: true })
  stepUpAt?: Date | null;

  @Field(() => GraphQLISODateTime, { description: 'To the minute.' })
  @Property({ type: t.datetime, length: 3 })
  lastSeenAt!: Date;

  /** Of a user who was disabled: it never lives again, and tells whoever brings it why. */
  @Property({ type: t.boolean, default: false })
  ended: boolean & Opt = false;
}
