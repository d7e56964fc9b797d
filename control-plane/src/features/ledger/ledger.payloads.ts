import { Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { Quota } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { User } from '../user/user.entity.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';

@ObjectType()
export class LedgerConnection extends connectionOf('Ledger', () => LedgerEntry) {}

@ObjectType()
export class QuotaAdjustPayload {
  @Field(() => User, { nullable: true })
  user: User | null = null;

  @Field(() => Quota, { nullable: true })
  before: bigint | null = null;

  @Field(() => Quota, { nullable: true })
  after: bigint | null = null;

  @Field(() => LedgerEntry, { nullable: true, description: 'Null when nothing had to move.' })
  ledgerEntry: LedgerEntry | null = null;

  @Field(() => Boolean, { description: 'The same was asked before under this key: this is the first answer.' })
  replayed = false;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(userErrors: UserError[] = []) {
    this.userErrors = userErrors;
  }
}
