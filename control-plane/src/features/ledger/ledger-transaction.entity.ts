import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { registerEnumType } from 'type-graphql';

export enum LedgerKind {
  CONSUME = 'CONSUME', REFUND = 'REFUND', TOP_UP = 'TOP_UP', REDEMPTION = 'REDEMPTION', GRANT = 'GRANT',
  ADJUSTMENT = 'ADJUSTMENT', LIMIT = 'LIMIT', LOSS = 'LOSS', EXPIRY = 'EXPIRY',
}
registerEnumType(LedgerKind, {
  name: 'LedgerKind',
  description: 'Why an amount moved.',
  valuesConfig: {
    CONSUME: { description: 'A settled request.' },
    LIMIT: { description: 'The budget of a token was set; a limit, not money.' },
    LOSS: { description: 'Usage that the platform bears.' },
  },
});

/** One movement: its entries sum to zero. Rows are never changed or deleted; triggers refuse it. */
@Index({ properties: ['at'] })
@Index({ name: 'ledger_transaction_rare_kind', expression: `create index "ledger_transaction_rare_kind" on "ledger_transaction" ("kind", "id") where kind <> 'CONSUME'` })
@Unique({ properties: ['reference', 'kind', 'seq'] })
@Entity({ tableName: 'ledger_transaction' })
export class LedgerTransaction {
  @PrimaryKey({ type: new BigIntType('bigint'), autoincrement: true })
  id!: bigint & Opt;

  /** What the movement belongs to: a charge id, or the caller's idempotency key with its scope. */
  @Property({ type: t.string, length: 200 })
  reference!: string;

  @Enum({ items: () => LedgerKind, type: t.string })
  kind!: LedgerKind;

  @Property({ type: t.integer, default: 0 })
  seq: number & Opt = 0;

  /** SHA-256 of what was asked for: a repeat with other input is refused. */
  @Property({ type: t.string, length: 64 })
  inputHash!: string;

  @Property({ type: t.string, length: 64 })
  account!: string;

  /** Balance of `account` after the movement, so that a repeat gets the first answer. */
  @Property({ type: new BigIntType('bigint') })
  balanceAfter!: bigint;

  @Property({ type: t.string, length: 500, nullable: true })
  reason?: string | null;

  /** The user who did it; null: the system. */
  @Property({ type: t.integer, nullable: true })
  actorId?: number | null;

  @Property({ type: t.string, length: 128, nullable: true })
  idempotencyKey?: string | null;

  /** The movement that this one corrects. */
  @Property({ type: new BigIntType('bigint'), nullable: true })
  corrects?: bigint | null;

  @Property({ type: t.datetime, length: 3 })
  at!: Date;
}
