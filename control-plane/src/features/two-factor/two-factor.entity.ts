import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The authenticator app of a user. Set up but not switched on while `enabledAt` is null. */
@Entity({ tableName: 'two_factor' })
export class TwoFactor {
  @PrimaryKey({ type: t.integer, autoincrement: false })
  userId!: number;

  /** Envelope of the base32 secret, bound to (two_factor, user, secret). */
  @Property({ type: t.text, hidden: true })
  secret!: string;

  @Property({ type: t.datetime, length: 3, nullable: true })
  enabledAt?: Date | null;

  /** The newest half minute whose code was used: none is taken twice, and none before it. */
  @Property({ type: new BigIntType('bigint'), default: 0 })
  lastStep: bigint & Opt = 0n;

  /** Attempts since the last success or lock, counted before they are checked. */
  @Property({ type: t.integer, default: 0 })
  failures: number & Opt = 0;

  /** Locks since the last success: each is twice as long as the one before. */
  @Property({ type: t.integer, default: 0 })
  lockouts: number & Opt = 0;

  @Property({ type: t.datetime, length: 3, nullable: true })
  lockedUntil?: Date | null;

  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;
}
