import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { typedId } from '../../kernel/typed-id.ts';

/** A key pair whose private half never leaves the user's device. */
@ObjectType({ implements: Node, description: 'A way to sign in without a password.' })
@Entity({ tableName: 'passkey' })
export class Passkey {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('passkey', this.id); }

  @Index()
  @Property({ type: t.integer })
  userId!: number;

  /** As the authenticator named it, base64url. */
  @Property({ type: t.string, length: 1400, unique: true })
  handle!: string;

  /** COSE, base64url. */
  @Property({ type: t.text })
  publicKey!: string;

  /** Highest signature count that was seen; a lower one comes from a copy. Many authenticators always say 0. */
  @Property({ type: new BigIntType('bigint'), default: 0 })
  counter: bigint & Opt = 0n;

  @Property({ type: t.array })
  transports!: string[];

  @Field(() => String)
  @Property({ type: t.string, length: 64 })
  name!: string;

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Property({ type: t.datetime, length: 3, nullable: true })
  lastUsedAt?: Date | null;
}
