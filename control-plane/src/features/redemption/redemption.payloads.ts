import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { Quota } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { Redemption } from './redemption.entity.ts';

@ObjectType()
export class RedemptionConnection extends connectionOf('Redemption', () => Redemption) {}

@ObjectType()
export class RedemptionPayload {
  @Field(() => Redemption, { nullable: true })
  redemption: Redemption | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(redemption: Redemption | null, userErrors: UserError[] = []) {
    this.redemption = redemption;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class RedemptionBatchPayload {
  @Field(() => ID, { nullable: true })
  batchId: string | null;

  @Field(() => [String], { description: 'In the order of `redemptions`.' })
  codes: string[];

  @Field(() => [Redemption])
  redemptions: Redemption[];

  @Field(() => Boolean, { description: 'The same was asked before under this key: this is the first answer.' })
  replayed: boolean;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(redemptions: Redemption[], replayed: boolean, userErrors: UserError[] = []) {
    this.batchId = redemptions[0]?.batchId ?? null;
    this.codes = redemptions.map(({ code }) => code);
    this.redemptions = redemptions;
    this.replayed = replayed;
    this.userErrors = userErrors;
  }
}

@ObjectType()
export class RedemptionBulkDeletePayload {
  @Field(() => Int)
  deleted: number;

  @Field(() => [UserError])
  userErrors: UserError[] = [];

  constructor(deleted: number) {
    this.deleted = deleted;
  }
}

@ObjectType()
export class RedeemPayload {
  @Field(() => Quota, { nullable: true, description: 'What the wallet gained.' })
  quota: bigint | null = null;

  @Field(() => LedgerEntry, { nullable: true })
  ledgerEntry: LedgerEntry | null = null;

  @Field(() => Boolean, { description: 'The same was asked before under this key: this is the first answer.' })
  replayed = false;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(userErrors: UserError[] = []) {
    this.userErrors = userErrors;
  }
}
