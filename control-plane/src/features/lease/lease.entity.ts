import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Account } from '../ledger/account.entity.ts';

export enum LeaseState {
  /** The relay may spend it. */
  OPEN = 'OPEN',
  /** Over: nothing of it blocks the account any more. */
  CLOSED = 'CLOSED',
  /** It lapsed with something left: blocked until the relay's spool turns up, for 24 hours. */
  SUSPENSE = 'SUSPENSE',
  /** Nobody turned up: the rest is free again, and what is reported later is the platform's loss. */
  LOST = 'LOST',
}

/** A part of an account lent to one relay. What it blocks is `granted − spent − returned` while OPEN or SUSPENSE, at least 0. */
@Unique({ properties: ['relayId', 'epoch', 'nonce', 'account'] })
@Index({ properties: ['account', 'state'] })
@Index({ properties: ['state', 'expiresAt'] })
@Entity({ tableName: 'lease' })
export class Lease {
  @PrimaryKey({ type: new BigIntType('bigint'), autoincrement: true })
  id!: bigint & Opt;

  @Property({ type: t.string, length: 64 })
  relayId!: string;

  @Property({ type: t.integer })
  epoch!: number;

  /** Of the request: asked again, it gets the same lease. */
  @Property({ type: t.string, length: 64 })
  nonce!: string;

  @ManyToOne(() => Account, { mapToPk: true, fieldName: 'account' })
  account!: string;

  @Property({ type: new BigIntType('bigint') })
  granted!: bigint;

  @Property({ type: new BigIntType('bigint'), default: 0 })
  spent: bigint & Opt = 0n;

  @Property({ type: new BigIntType('bigint'), default: 0 })
  returned: bigint & Opt = 0n;

  @Enum({ items: () => LeaseState, type: t.string, default: LeaseState.OPEN })
  state: LeaseState & Opt = LeaseState.OPEN;

  @Property({ type: t.datetime, length: 3 })
  grantedAt!: Date;

  @Property({ type: t.datetime, length: 3 })
  expiresAt!: Date;
}
