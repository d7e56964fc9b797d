import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Check, Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** WALLET holds money of a user, BUDGET the limit of a token, SYSTEM is our side of both. */
export enum AccountKind { WALLET = 'WALLET', BUDGET = 'BUDGET', SYSTEM = 'SYSTEM' }

/** 2^53 − 1: everything that reads a balance can hold it exactly (LED-01). */
export const largestBalance = 9_007_199_254_740_991n;

/**
 * One account. `balance` is a cache of the sum of its entries and changes with them; system accounts keep none, so that
 * no row is written by every charge. `leased` is what relays may still spend of the balance on their own.
 */
@Check({ name: 'account_balance_safe', expression: `(balance >= '-${largestBalance}'::bigint) AND (balance <= '${largestBalance}'::bigint)` })
@Check({ name: 'account_leased_whole', expression: 'leased >= 0' })
@Entity({ tableName: 'account' })
export class Account {
  /** `user:<id>`, `token:<id>`, `invite:<id>` (earned by invitations, not spendable) or `system:<name>`. */
  @PrimaryKey({ type: t.string, length: 64 })
  name!: string;

  @Enum({ items: () => AccountKind, type: t.string })
  kind!: AccountKind;

  @Property({ type: new BigIntType('bigint'), default: 0 })
  balance: bigint & Opt = 0n;

  @Property({ type: new BigIntType('bigint'), default: 0 })
  leased: bigint & Opt = 0n;

  /** Size of the newest grant: lets one conditional UPDATE decide the size and tell it. */
  @Property({ type: new BigIntType('bigint'), default: 0 })
  lastGrant: bigint & Opt = 0n;

  /** Set when the auditor finds drift: nothing is lent until a person has looked. */
  @Property({ type: t.boolean, default: false })
  frozen: boolean & Opt = false;

  /** Grows with each change of the balance: an older copy can be told from a newer one. */
  @Property({ type: new BigIntType('bigint'), default: 0 })
  version: bigint & Opt = 0n;
}
