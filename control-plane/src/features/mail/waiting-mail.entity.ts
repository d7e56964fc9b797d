import { t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A mail that has not left yet. It is gone once a server has taken it, or when nobody can use it any more. */
@Index({ properties: ['nextTryAt'] })
@Entity({ tableName: 'waiting_mail' })
export class WaitingMail {
  @PrimaryKey({ type: t.uuid })
  id!: string;

  /** What it is about: a newer mail about the same takes its place. */
  @Property({ type: t.string, length: 100, unique: true })
  topic!: string;

  /** Envelope bound to (waiting_mail, id, mail): the mail holds a code or a link that opens an account. */
  @Property({ type: t.text, hidden: true })
  mail!: string;

  @Property({ type: t.integer, default: 1 })
  tries: number & Opt = 1;

  @Property({ type: t.datetime, length: 3 })
  nextTryAt!: Date;

  @Property({ type: t.datetime, length: 3 })
  expiresAt!: Date;
}
