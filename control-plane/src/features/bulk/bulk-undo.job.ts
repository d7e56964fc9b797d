/** Puts rows back as a bulk found them. A row that somebody has changed since stays as it is, and is named. */
import { z } from 'zod';
import { inTransaction } from '../../database/in-transaction.ts';
import type { Sql } from '../../database/sql.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { say } from '../../kernel/words/messages.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { jobKind, type JobKind } from '../job/job-kind.ts';
import type { BulkKind } from './bulk-kind.ts';
import { heldOf } from './write-kept.ts';

const batchRows = 500;

interface Row { id: number; before: string; isSame: boolean | null }

/** Null: the row is gone. */
const next = (table: string, held: string) => `select b.row_id as id, b.before::text, case when t.id is not null then t.version = b.version and ${held} = b.after end as "isSame"
  from bulk_row b left join lateral (select * from ${table} where ${table}.id = b.row_id for no key update) t on true where b.job_id = $1 order by b.row_id limit ${batchRows}`;

/** A row that is as an earlier bulk of the kind left it is that bulk's again: bulks are taken back one after the other. */
const handBack = (table: string) => `update bulk_row e set version = t.version from bulk_row u, job ej, job uj, ${table} t
  where u.job_id = $1 and u.row_id = any($2::int[]) and e.row_id = u.row_id and e.job_id <> u.job_id and e.version = u.found and t.id = u.row_id and ej.id = e.job_id and uj.id = u.job_id and ej.kind = uj.kind`;

interface Batch { rows: number[]; refused: Map<number, MessageCode>; told: { rows: readonly number[]; change: unknown }[] }

/** Rows that held the same before go back together, by the write of the bulk itself: its rules hold, and relays hear of it. */
async function putBack<Change>(sql: Sql, kind: BulkKind<Change>, { jobId, change, now }: { jobId: number; change: Change; now: Date }): Promise<Batch> {
  const found = await sql<Row>(next(kind.kept.table, heldOf(kind.kept, change)!), [jobId]), batch: Batch = { rows: found.map(({ id }) => id), refused: new Map(), told: [] };
  const groups = new Map<string, number[]>();
  for (const { id, before, isSame } of found) {
    if (isSame) groups.set(before, [...groups.get(before) ?? [], id]);
    else batch.refused.set(id, isSame === null ? 'not_found' : 'version_conflict');
  }
  for (const [before, rows] of groups) {
    const back = kind.change.parse({ ...change, patch: JSON.parse(before) as unknown }), { done, refused } = await kind.write(sql, rows, back, now);
    for (const row of rows) if (!done.includes(row)) batch.refused.set(row, refused?.get(row) ?? 'not_found');
    batch.told.push({ rows: done, change: back });
  }
  await sql(handBack(kind.kept.table), [jobId, batch.rows.filter((row) => !batch.refused.has(row))]);
  await sql('delete from bulk_row where job_id = $1 and row_id = any($2::int[])', [jobId, batch.rows]);
  return batch;
}

export const undoName = ({ name }: Pick<BulkKind<unknown>, 'name'>): string => `${name}-undo`;

export function bulkUndoJob<Change>(kind: BulkKind<Change>): JobKind {
  return jobKind({
    name: undoName(kind), input: z.object({ jobId: z.int(), change: kind.change }),
    async work({ input, state, fork, clock, signal, report }) {
      let back = z.object({ back: z.int() }).safeParse(state).data?.back ?? 0;
      for (;;) {
        signal.throwIfAborted();
        const { rows, refused, told } = await inTransaction(fork(), (sql) => putBack(sql, kind, { ...input, now: clock.now() }));
        if (rows.length === 0) return `${back} put back`;
        for (const one of told) kind.after?.(one.rows, one.change as Change);
        back += rows.length - refused.size;
        const results = [...refused].map(([row, reason]) => ({ subject: typedId(kind.id, row), ok: false, message: say(reason, 'en') }));
        await report({ done: rows.length, failed: refused.size, results, state: { back } });
      }
    },
  });
}
