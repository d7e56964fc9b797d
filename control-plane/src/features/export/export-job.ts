/** Writes the file of an export, part by part. */
import { z } from 'zod';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { JobFailure, jobKind, type JobRun } from '../job/job-kind.ts';
import { headOf, prepared, readBatch, type ExportAsked } from '../log/export/log-lines.ts';
import { conditionsOf, whereOf } from '../log/log-filter.ts';
import { Export } from './export.entity.ts';
import { dropFile, measureFile, writePart } from './export-file.ts';
import { readAsked } from './read-asked.ts';

/** How long a file is kept, from when it was made. */
export const keptMs = 7 * 24 * 60 * 60_000;

const input = z.object({ exportId: z.int() });

/** Where another runner goes on; `upTo` holds the file to the rows that were there at its beginning. */
const state = z.object({ part: z.int(), rows: z.int(), upTo: z.int(), last: z.object({ at: z.iso.datetime(), seq: z.int() }).nullable(), done: z.boolean() });
type Standing = z.infer<typeof state>;

const limitedTo = (asked: ExportAsked, upTo: number): ExportAsked => {
  const { sequenceTo } = asked.filter, most = BigInt(upTo);
  return { ...asked, filter: Object.assign({}, asked.filter, { sequenceTo: sequenceTo != null && sequenceTo < most ? sequenceTo : most }) };
};

async function begin(sql: Sql): Promise<Standing> {
  const [newest] = await sql<{ seq: string | null }>('select max(seq)::text as seq from log');
  return { part: 0, rows: 0, upTo: Number(newest?.seq ?? 0), last: null, done: false };
}

async function countRows(sql: Sql, { filter, scope }: ExportAsked): Promise<number> {
  const { text, values } = whereOf(conditionsOf(filter, scope));
  const [counted] = await sql<{ rows: string }>(`select count(*)::text as rows from log ${text}`, values);
  return Number(counted!.rows);
}

async function writeParts(run: JobRun<z.infer<typeof input>>, exportId: number, whole: ExportAsked): Promise<number> {
  const sql = () => sqlOf(run.fork());
  let at = run.state === undefined ? await begin(sql()) : state.parse(run.state);
  const asked = await prepared(sql(), limitedTo(whole, at.upTo));
  if (at.part === 0) await run.report({ total: await countRows(sql(), asked), state: at });
  while (!at.done) {
    run.signal.throwIfAborted();
    const batch = await readBatch(sql(), asked, at.last ? { at: new Date(at.last.at), seq: at.last.seq } : undefined);
    await writePart(sql(), exportId, at.part, (at.part === 0 ? headOf(asked) : '') + batch.text);
    at = { ...at, part: at.part + 1, rows: at.rows + batch.rows, last: batch.last ? { at: batch.last.at.toISOString(), seq: batch.last.seq } : null, done: !batch.last };
    await run.report({ done: batch.rows, state: at });
  }
  return at.rows;
}

export const exportJob = jobKind({
  name: 'export', input,
  async work(run) {
    const em = run.fork(), found = await em.findOne(Export, { id: run.input.exportId });
    if (!found) throw new JobFailure('The export is gone');
    const rows = await writeParts(run, found.id, readAsked(found.asked)), { bytes, sha256 } = await measureFile(() => sqlOf(run.fork()), found);
    em.assign(found, { rows, bytes, sha256, expiresAt: new Date(run.clock.now().getTime() + keptMs) });
    await em.flush();
    return `${rows} rows, ${bytes} bytes`;
  },
});

/** Deletes files whose time is over, and what failed or cancelled exports left behind. */
export async function forgetExports(sql: Sql, now: Date): Promise<void> {
  await sql('delete from export where expires_at < $1', [now]);
  const left = await sql<{ id: number }>(`select e.id from export e join job j on j.id = e.job_id where j.status in ('FAILED', 'CANCELLED') and exists (select from export_part p where p.export_id = e.id)`);
  for (const { id } of left) await dropFile(sql, id);
}
