import type { EntityName, FilterQuery } from '@mikro-orm/postgresql';
import { inTransaction, orDryRun } from '../../database/in-transaction.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { forEachId, type BulkPayload, type Written } from '../../kernel/bulk.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { PlainError, UserErrorCode } from '../../kernel/words/user-error.ts';
import type { JobService } from '../job/job.service.ts';
import { JobPayload } from '../job/job.types.ts';
import type { BulkKind } from './bulk-kind.ts';
import { noteInline } from './note-inline.ts';

/** A set that changed by more than this since people saw it is another set. */
const fewRows = 10, fewPercent = 0.01, mostRows = 100_000;

export interface Seen { expectedCount: number; dryRun?: boolean }

export class BulkService {
  constructor(private readonly jobs: JobService) {}

  /** At most 1,000 rows, in one transaction. */
  async byIds<Change>(ctx: RequestContext, kind: BulkKind<Change>, ids: readonly string[], change: Change, dryRun = false): Promise<BulkPayload> {
    let jobId: number | undefined;
    const payload = await forEachId(ctx, kind.id, ids, async (rows) => {
      const made = await this.inOne(ctx, kind, { choose: async () => rows, change, dryRun });
      jobId = made.jobId;
      return made.written;
    });
    payload.jobId = jobId === undefined ? null : typedId('job', jobId);
    return payload;
  }

  /** Rows that are chosen inside of the transaction which changes them. */
  async inOne<Change>(ctx: RequestContext, kind: BulkKind<Change>, { choose, change, dryRun }: { choose: (sql: Sql) => Promise<readonly number[]>; change: Change; dryRun: boolean }): Promise<{ written: Written; jobId?: number }> {
    const now = ctx.clock.now();
    if (dryRun) return { written: await orDryRun(ctx.em, true, async (em) => kind.write(sqlOf(em), await choose(sqlOf(em)), change, now)) };
    const made = await inTransaction(ctx.em, async (sql) => noteInline(sql, ctx, kind, { rows: await choose(sql), change, now }));
    kind.after?.(made.written.done, change);
    return made;
  }

  /** The rows that there are now, as a job; refused when they are others than people saw. */
  async byRows<Change>(ctx: RequestContext, kind: BulkKind<Change>, rows: readonly number[], { expectedCount, dryRun }: Seen, change: Change): Promise<JobPayload> {
    const allowed = Math.max(fewRows, expectedCount * fewPercent);
    if (rows.length > mostRows) return new JobPayload(null, [refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['filter'])]);
    if (Math.abs(rows.length - expectedCount) > allowed) {
      return new JobPayload(null, [new PlainError(UserErrorCode.CONFLICT, 'set_changed', `${say('set_changed', ctx.language)}: ${rows.length}`, ['expectedCount'])]);
    }
    return dryRun ? new JobPayload(null) : this.jobs.begin(ctx, kind, { input: { ids: rows, change }, total: rows.length });
  }
}

/** Numbers of the rows of a filter, in order: one more than a bulk takes, when there are more. */
export async function rowsOf<T extends { id: number }>({ em }: RequestContext, entity: EntityName<T>, where: FilterQuery<T>): Promise<number[]> {
  const found: { id: number }[] = await em.fork().find(entity, where, { fields: ['id'], orderBy: { id: 'asc' }, limit: mostRows + 1 } as never);
  return found.map(({ id }) => id);
}
