/** The same change, or the deletion, of thousands of channels: a few hundred in each transaction. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { typedId } from '../../../kernel/typed-id.ts';
import { jobKind, type JobKind, type StepResult } from '../../job/job-kind.ts';
import { ChannelStatus } from '../channel.entity.ts';
import { inTransaction } from './in-transaction.ts';
import { byRows, deleteMany, writeMany, type SharedPatch } from './write-many.ts';

export const channelBulkName = 'channel-bulk';

const batchRows = 500;

/** What was checked when the job was made. */
const patchForm = z.object({
  status: z.enum(ChannelStatus).nullable(), tag: z.string().nullable(), priority: z.int().nullable(), weight: z.int().nullable(), groups: z.array(z.string()).nullable(), autoBan: z.boolean().nullable(),
}).partial() satisfies z.ZodType<SharedPatch>;

/** Null: deletes them. */
const input = z.object({ ids: z.array(z.int()), patch: patchForm.nullable() });
const place = z.object({ next: z.int(), found: z.int() });

export type ChannelBulkWork = z.infer<typeof input>;

const step = (em: EntityManager, rows: readonly number[], patch: ChannelBulkWork['patch'], now: Date): Promise<number[]> =>
  inTransaction(em, (sql) => (patch ? writeMany(sql, byRows(rows), patch, now) : deleteMany(sql, 'id = any($1::int[])', [rows])));

export const channelBulkJob: JobKind = jobKind({
  name: channelBulkName, input,
  async work({ input: { ids, patch }, state, fork, clock, signal, report }) {
    let { next, found } = place.safeParse(state).data ?? { next: 0, found: 0 };
    while (next < ids.length) {
      signal.throwIfAborted();
      const rows = ids.slice(next, next + batchRows), written = new Set(await step(fork(), rows, patch, clock.now()));
      // Only those that are gone are told: the others are what was asked for.
      const missing: StepResult[] = rows.filter((row) => !written.has(row)).map((row) => ({ subject: typedId('channel', row), ok: false, message: 'Not found' }));
      [next, found] = [next + rows.length, found + written.size];
      await report({ done: rows.length, failed: missing.length, results: missing, state: { next, found } });
    }
    return `${found} of ${ids.length} ${patch ? 'changed' : 'deleted'}`;
  },
});
