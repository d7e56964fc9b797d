/** What others ask of the ledger, and what it answers. */
import { createHash } from 'node:crypto';
import type { BudgetName, InviteName, SystemAccount, WalletName } from './account-name.ts';
import type { LedgerKind } from './ledger-transaction.entity.ts';

/** Names a movement between a customer's account and our side. `(reference, kind, seq)` happens once, for ever. */
export interface Movement {
  account: WalletName | BudgetName | InviteName;
  counter: SystemAccount;
  kind: LedgerKind;
  /** At most 200 characters: a charge id, a code, or scope and key of a change by hand. */
  reference: string;
  seq?: number;
  reason?: string;
  actorId?: number;
  idempotencyKey?: string;
  /** The transaction that this one corrects. */
  corrects?: bigint;
}

export interface Change extends Movement {
  /** Quota units, above zero. */
  amount: bigint;
  /** Refuse rather than leave less than this. Without it a debit may go below zero. */
  floor?: bigint;
}

export interface Override extends Movement {
  /** What the balance shall be. */
  balance: bigint;
  /** Refuse when the balance is not this any more. */
  expected?: bigint;
}

export interface Moved {
  transactionId: bigint;
  /** The entry of the account; undefined when nothing had to move. */
  entryId: bigint | undefined;
  before: bigint;
  after: bigint;
  /** The same was asked before: this is the first answer, and nothing moved now. */
  replayed: boolean;
}

export type LedgerRefusalCode =
  | 'AMOUNT'           // not above zero
  | 'OVERFLOW'         // the balance would leave ±(2^53 − 1)
  | 'INSUFFICIENT'     // below the floor
  | 'CHANGED'          // not the expected balance
  | 'KEY_REUSED';      // the same reference was used for something else

/** A refusal by a rule of the ledger. Nothing was written. */
export class LedgerRefusal {
  constructor(readonly code: LedgerRefusalCode, readonly balance: bigint) {}
}

/** SHA-256 over what was asked for, so that a repeat can be told from another wish under the same key. */
export function hashOf(verb: 'credit' | 'debit' | 'adjust', asked: Change | Override): string {
  const size = 'amount' in asked ? [asked.amount, asked.floor ?? ''] : [asked.balance, asked.expected ?? ''];
  const parts = [verb, asked.account, asked.counter, asked.kind, ...size, asked.reason ?? '', asked.corrects ?? ''];
  return createHash('sha256').update(JSON.stringify(parts.map(String))).digest('hex');
}
