import { t } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What a browser has begun and not finished: one of a kind for each browser. */
@Entity({ tableName: 'ceremony' })
export class Ceremony {
  /** Hex of SHA-256 of the browser's cookie `session`, signed in or not. */
  @PrimaryKey({ type: t.string, length: 64 })
  keyHash!: string;

  @PrimaryKey({ type: t.string, length: 32 })
  kind!: string;

  /** Whom it is about, when that is known. */
  @Index()
  @Property({ type: t.integer, nullable: true })
  userId?: number | null;

  @Property({ type: t.json })
  data!: unknown;

  @Index()
  @Property({ type: t.datetime, length: 3 })
  expiresAt!: Date;
}
