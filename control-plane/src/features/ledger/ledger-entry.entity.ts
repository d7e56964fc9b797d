import { BigIntType, type Opt } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Account } from './account.entity.ts';
import { LedgerKind, LedgerTransaction } from './ledger-transaction.entity.ts';

/** One line of a statement: what one account gained or gave. Append only, like the transaction that it belongs to. */
@ObjectType({ implements: Node, description: 'One line of a statement. Immutable: a correction is a new line.' })
@Check({ name: 'ledger_entry_moves', expression: 'amount <> 0' })
@Index({ properties: ['account', 'id'] })
@Entity({ tableName: 'ledger_entry' })
export class LedgerEntry {
  @PrimaryKey({ type: new BigIntType('number'), autoincrement: true })
  id!: number & Opt;

  @Field(() => ID, { name: 'id' })
  get globalId(): string & Opt { return typedId('ledgerEntry', this.id); }

  @Field(() => Int64, { description: 'Grows with time: the order of a statement.' })
  get sequence(): bigint & Opt { return BigInt(this.id); }

  @Index()
  @ManyToOne(() => LedgerTransaction, { eager: true })
  transaction!: LedgerTransaction;

  @Field(() => String, { description: '`user:<id>` (wallet), `token:<id>` (budget of a token), `invite:<id>` (earned by invitations, not spendable) or `system:<name>`.' })
  @ManyToOne(() => Account, { mapToPk: true, fieldName: 'account' })
  account!: string;

  @Field(() => Quota, { name: 'delta' })
  @Property({ type: new BigIntType('bigint') })
  amount!: bigint;

  @Field(() => Quota, { nullable: true, description: 'Null on system accounts, which keep no running balance.' })
  @Property({ type: new BigIntType('bigint'), nullable: true })
  balanceAfter?: bigint | null;

  @Field(() => LedgerKind)
  get kind(): LedgerKind & Opt { return this.transaction.kind; }

  @Field(() => GraphQLISODateTime)
  get at(): Date & Opt { return this.transaction.at; }

  @Field(() => String, { description: 'The request, or the scope and key of the change.' })
  get reference(): string & Opt { return this.transaction.reference; }

  @Field(() => String, { nullable: true })
  get reason(): (string & Opt) | null { return this.transaction.reason ?? null; }

  @Field(() => Int, { nullable: true, description: 'Number of the user who did it; null: the system.' })
  get actorId(): (number & Opt) | null { return this.transaction.actorId ?? null; }

  @Field(() => ID, { nullable: true, description: 'Typed id of the user who did it; null: the system.' })
  get actorRef(): (string & Opt) | null { return this.transaction.actorId == null ? null : typedId('user', this.transaction.actorId); }

  @Field(() => String, { nullable: true })
  get idempotencyKey(): (string & Opt) | null { return this.transaction.idempotencyKey ?? null; }
}
