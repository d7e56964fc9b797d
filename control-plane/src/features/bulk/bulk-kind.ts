/** What a feature gives to change many of its rows at once: by their ids in one transaction, or all of a filter as a job. */
import type { z } from 'zod';
import type { Sql } from '../../database/sql.ts';
import type { Written } from '../../kernel/bulk.ts';
import type { IdKind } from '../../kernel/typed-id.ts';

/** How rows are remembered, so that a change can be taken back. */
export interface Kept<Change> {
  table: 'channel' | 'token' | 'user_account' | 'redemption';
  /** Members of the patch that would put a row back, each as SQL over the table; none: nothing of it can be taken back. */
  members(change: Change): Readonly<Record<string, string>>;
}

export interface BulkKind<Change> {
  /** Of the job. */
  readonly name: string;
  readonly id: IdKind;
  /** Reads the change out of a job. What is in it was checked when the job was made. */
  readonly change: z.ZodType<Change>;
  readonly kept: Kept<Change>;
  /** Inside a transaction; locks rows in the order of their numbers, so that two bulks never wait for each other. Repeating it does no harm. */
  write(sql: Sql, rows: readonly number[], change: Change, now: Date): Promise<Written>;
  /** After the commit: what other processes hear. */
  after?(rows: readonly number[], change: Change): void;
  /** What people read as the outcome: `changed`, `deleted`. */
  outcome(change: Change): string;
}

/** Those expressions whose members a patch has. */
export const membersOf = (all: Readonly<Record<string, string>>, patch: object | null): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([member]) => patch !== null && (patch as Record<string, unknown>)[member] !== undefined));
