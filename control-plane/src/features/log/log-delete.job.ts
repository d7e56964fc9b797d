import { z } from 'zod';
import { sqlOf } from '../../database/sql.ts';
import { jobKind } from '../job/job-kind.ts';
import { deleteLogs } from './delete-logs.ts';
import { insertLogRows } from './insert-logs.ts';
import { logTypes } from './log-row.ts';

/** Deletes what is older, transaction by transaction, and notes that in the log at the end. */
export const logDeleteJob = jobKind({
  name: 'log-delete',
  input: z.object({ before: z.iso.datetime() }),
  async work({ input, fork, clock, signal, report, done, requestedById }) {
    const before = new Date(input.before);
    let count = done;
    for await (const rows of deleteLogs(fork(), before, clock.now())) {
      count += rows;
      if (rows) await report({ done: rows });
      signal.throwIfAborted();
    }
    const now = clock.now(), content = `Deleted ${count} log rows from before ${before.toISOString()}`;
    await fork().transactional(async (em) => {
      await insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId: requestedById ?? 0, content }], now);
    });
    return content;
  },
});
