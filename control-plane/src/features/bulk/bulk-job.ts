/** The same change of thousands of rows: a few hundred in each transaction. */
import { z } from 'zod';
import { inTransaction } from '../../database/in-transaction.ts';
import { say } from '../../kernel/words/messages.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { jobKind, type JobKind, type StepResult } from '../job/job-kind.ts';
import type { BulkKind } from './bulk-kind.ts';
import { bulkUndoJob } from './bulk-undo.job.ts';
import { writeKept } from './write-kept.ts';

const batchRows = 500;

const place = z.object({ next: z.int(), found: z.int() });

export function bulkJob<Change>(kind: BulkKind<Change>): JobKind {
  return jobKind({
    name: kind.name, input: z.object({ ids: z.array(z.int()), change: kind.change }),
    async work({ id: jobId, input: { ids, change }, state, fork, clock, signal, report }) {
      let { next, found } = place.safeParse(state).data ?? { next: 0, found: 0 };
      while (next < ids.length) {
        signal.throwIfAborted();
        const rows = ids.slice(next, next + batchRows), written = await inTransaction(fork(), (sql) => writeKept(sql, kind, { jobId, rows, change, now: clock.now() })), done = new Set(written.done);
        kind.after?.(written.done, change);
        // Only those that were passed over are told: the others are what was asked for.
        const left: StepResult[] = rows.filter((row) => !done.has(row)).map((row) => ({ subject: typedId(kind.id, row), ok: false, message: say(written.refused?.get(row) ?? 'not_found', 'en') }));
        [next, found] = [next + rows.length, found + done.size];
        await report({ done: rows.length, failed: left.length, results: left, state: { next, found } });
      }
      return `${found} of ${ids.length} ${kind.outcome(change)}`;
    },
  });
}

/** The work of a bulk, and the one that takes it back. */
export const bulkJobs = <Change>(kind: BulkKind<Change>): JobKind[] => [bulkJob(kind), bulkUndoJob(kind)];
