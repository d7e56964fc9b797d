import { Field, GraphQLISODateTime, ID, InputType, registerEnumType } from 'type-graphql';
import { Quota } from '../../kernel/scalars.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';

export enum QuotaAdjustMode { ADD = 'ADD', SUBTRACT = 'SUBTRACT', OVERRIDE = 'OVERRIDE' }
registerEnumType(QuotaAdjustMode, {
  name: 'QuotaAdjustMode',
  valuesConfig: {
    SUBTRACT: { description: 'The balance may fall below zero: what was spent stays spent.' },
    OVERRIDE: { description: 'Sets the balance by posting the difference.' },
  },
});

@InputType()
export class QuotaAdjustInput {
  @Field(() => QuotaAdjustMode)
  mode!: QuotaAdjustMode;

  @Field(() => Quota, { description: 'ADD and SUBTRACT: how much, above zero. OVERRIDE: the new balance.' })
  quota!: bigint;

  @Field(() => String, { description: '1 to 500 characters; shown on the statement.' })
  reason!: string;

  @Field(() => Quota, { nullable: true, description: 'Only OVERRIDE: refuse when the balance is not this any more.' })
  expectedQuota?: bigint | null;
}

@InputType({ description: 'All fields must match. Without userId and tokenId: every wallet and budget.' })
export class LedgerFilter {
  @Field(() => ID, { nullable: true, description: 'The wallet of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The budget of this token.' })
  tokenId?: string | null;

  @Field(() => [LedgerKind], { nullable: true })
  kinds?: LedgerKind[] | null;

  @Field(() => String, { nullable: true, description: 'A request id, or the whole reference of a change.' })
  reference?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this instant on.' })
  since?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before this instant.' })
  until?: Date | null;
}

@InputType({ description: 'All fields must match.' })
export class StatementFilter {
  @Field(() => [LedgerKind], { nullable: true })
  kinds?: LedgerKind[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this instant on.' })
  since?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before this instant.' })
  until?: Date | null;
}
