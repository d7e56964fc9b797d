import { t } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import { IntegrationKey } from './integration-key.entity.ts';

/** A document that a program may run where only known ones run. */
@ObjectType({ description: 'A GraphQL document that was registered for a key: it runs by its id, and where the instance is `locked` it is what the key may run.' })
@Entity({ tableName: 'registered_document' })
export class RegisteredDocument {
  @ManyToOne(() => IntegrationKey, { mapToPk: true, primary: true, deleteRule: 'cascade', fieldName: 'key_id' })
  keyId!: number;

  @Field(() => ID, { description: '`sha256:` and the hash of the text in hexadecimal: sent as `documentId` in place of `query`.' })
  @PrimaryKey({ type: t.string, length: 71 })
  id!: string;

  @Field(() => String, { description: 'The document, as it was registered.' })
  @Property({ type: t.text })
  text!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was registered.' })
  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;
}
