import { BigIntType, t } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { UsageOutcome } from '../relay-link/wire/usage.ts';

/**
 * The outcome of one admitted request, once and for ever (LED-07). Append only, like the ledger. Its postings have the
 * charge id as reference; what was used, and at which price, is in its log row.
 */
@Check({ name: 'charge_not_negative', expression: 'amount >= 0 and platform_loss >= 0' })
@Entity({ tableName: 'charge' })
export class Charge {
  @PrimaryKey({ type: t.string, length: 64 })
  chargeId!: string;

  @Enum({ items: () => UsageOutcome, type: t.string })
  outcome!: UsageOutcome;

  @Property({ type: t.integer })
  userId!: number;

  @Property({ type: t.integer })
  tokenId!: number;

  /** What the wallet paid. */
  @Property({ type: new BigIntType('bigint') })
  amount!: bigint;

  @Property({ type: new BigIntType('bigint') })
  platformLoss!: bigint;

  @Property({ type: t.string, length: 64 })
  relayId!: string;

  @Property({ type: t.integer })
  epoch!: number;

  @Property({ type: t.integer })
  sequence!: number;

  @Index()
  @Property({ type: t.datetime, length: 3 })
  postedAt!: Date;
}
