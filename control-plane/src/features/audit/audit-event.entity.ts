import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Json } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { AuditChange } from './audit-change.type.ts';

/** One mutation that ran. Written by `write-event.ts` only; the hash and the number come from the database. */
@ObjectType({ description: 'One mutation that ran, or one reading of this list. Append only.' })
@Index({ properties: ['actorId', 'id'] })
@Index({ properties: ['action', 'id'] })
@Index({ properties: ['targets'], type: 'gin' })
@Entity({ tableName: 'audit_event' })
export class AuditEvent {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('auditEvent', this.id); }

  @Index()
  @Field(() => GraphQLISODateTime)
  @Property({ type: t.datetime, length: 3 })
  at!: Date;

  @Property({ type: t.integer, nullable: true })
  actorId?: number | null;

  @Field(() => ID, { name: 'actorId', nullable: true, description: 'Null for somebody who was not signed in.' })
  get actor(): string | null { return this.actorId == null ? null : typedId('user', this.actorId); }

  @Field(() => String, { description: 'As the actor was called then; empty for a stranger.' })
  @Property({ type: t.string, length: 20 })
  actorName!: string;

  @Field(() => String, { description: 'The credential: session, access-token, integration-key, relay-key or none.' })
  @Property({ type: t.string, length: 20 })
  via!: string;

  @Field(() => String, { nullable: true, description: 'The REST route that was called, such as `PUT /api/user/`; null for GraphQL.' })
  @Property({ type: t.string, length: 255, nullable: true })
  route?: string | null;

  @Field(() => String, { description: 'Name of the mutation.' })
  @Property({ type: t.string, length: 64 })
  action!: string;

  @Field(() => [String], { description: 'Ids of what was named or changed; `table:row` for what has no id of its own.' })
  @Property({ type: t.array })
  targets!: string[];

  @Field(() => String)
  @Property({ type: t.string, length: 64 })
  ip!: string;

  @Field(() => String)
  @Property({ type: t.string, length: 255 })
  userAgent!: string;

  @Field(() => String)
  @Property({ type: t.string, length: 64 })
  requestId!: string;

  @Field(() => Json, { description: 'The arguments, without secrets.' })
  @Property({ type: t.json })
  arguments!: unknown;

  @Field(() => [AuditChange], { description: 'Rows that were changed, the first hundred.' })
  @Property({ type: t.json })
  changes!: AuditChange[];

  @Field(() => Int, { description: 'How many rows were changed in all.' })
  @Property({ type: t.integer })
  changedRows!: number;

  @Field(() => Boolean, { description: 'False for a refusal or a fault.' })
  @Property({ type: t.boolean })
  ok!: boolean;

  @Field(() => String, { nullable: true, description: 'Code of the refusal.' })
  @Property({ type: t.string, length: 64, nullable: true })
  code?: string | null;

  @Property({ type: t.blob, hidden: true })
  hash!: Uint8Array & Opt;
}
