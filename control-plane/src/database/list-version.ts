/** Optimistic locking of lists that are edited as a whole: groups, prices, options (graphql-design 6). */
import type { RequestContext } from '../kernel/context.ts';
import { staleVersion } from '../kernel/words/refusal.ts';
import type { ConflictError } from '../kernel/words/user-error.ts';
import type { Sql } from './sql.ts';

/** What every edit of a whole list takes beside its input. */
export interface EditOptions { dryRun: boolean; expectedVersion?: bigint | null }

export type EditedList = 'groups' | 'prices' | 'options';

export async function versionOf(sql: Sql, list: EditedList): Promise<number> {
  const [row] = await sql<{ version: string }>('select version::text as version from list_version where name = $1', [list]);
  return Number(row!.version);
}

/**
 * Refuses when the list is another one than the caller saw. It stays as it is until the transaction ends, whether the caller named a
 * version or not: edits that take their locks in two orders would wait for each other. Lists that have a lock of their own take that first.
 */
export async function staleList(ctx: RequestContext, sql: Sql, list: EditedList, expected: bigint | null | undefined): Promise<ConflictError | undefined> {
  const [row] = await sql<{ version: string }>('select version::text as version from list_version where name = $1 for update', [list]);
  return staleVersion(ctx, Number(row!.version), expected);
}

/** In the transaction of the change. */
export const listChanged = (sql: Sql, list: EditedList): Promise<unknown> => sql('update list_version set version = version + 1 where name = $1', [list]);

/** Of arguments `expectedVersion`, and of fields that tell what to send. */
export const expectedOfList = { nullable: true, description: 'Version of the list that the caller saw: another one is a CONFLICT. Absent: whatever it is.' } as const;
export const tellsVersion = 'Grows with every change of the list. Send it back as expectedVersion to notice a change by someone else.';
