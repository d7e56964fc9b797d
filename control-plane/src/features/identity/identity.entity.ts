import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { IdentityKind } from './identity-kind.ts';

/** An account elsewhere that opens one of ours. One of a kind for a user, and one user for it: the database holds both. */
@ObjectType('Binding', { description: 'An account elsewhere that the user signs in with.' })
@Entity({ tableName: 'identity' })
@Unique({ properties: ['kind', 'issuer', 'subject'] })
@Unique({ properties: ['userId', 'kind'] })
export class Identity {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Property({ type: t.integer })
  userId!: number;

  @Field(() => IdentityKind)
  @Enum({ items: () => IdentityKind, type: t.string, length: 16 })
  kind!: IdentityKind;

  /** Who vouches for the subject, where a kind has several; else empty. */
  @Property({ type: t.string, length: 255, default: '' })
  issuer: string & Opt = '';

  @Field(() => String, { description: 'The id there.' })
  @Property({ type: t.string, length: 255 })
  subject!: string;

  @Field(() => String, { description: 'The name there, to recognise it.' })
  @Property({ type: t.string, length: 255, default: '' })
  label: string & Opt = '';

  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  boundAt!: Date;

  /** Telegram: when the newest message that was accepted was signed; none is accepted twice. */
  @Property({ type: t.datetime, length: 3, nullable: true })
  signedAt?: Date | null;
}
