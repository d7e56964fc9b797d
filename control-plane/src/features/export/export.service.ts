import type { FilterQuery } from '@mikro-orm/postgresql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { Permission } from '../../kernel/permission.ts';
import { notFound, refusal, Refusals } from '../../kernel/words/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import type { JobQueue } from '../job/job-queue.ts';
import type { JobService } from '../job/job.service.ts';
import { columnsFor, type LogColumn } from '../log/export/log-columns.ts';
import { everyone } from '../log/log-filter.ts';
import type { ExportAsked } from '../log/export/log-lines.ts';
import { LogScopeName } from '../log/tail/tail-events.ts';
import { exportJob, keptMs } from './export-job.ts';
import { Export, ExportFormat } from './export.entity.ts';
import { ExportPayload, type ExportInput } from './export.types.ts';
import { writeAsked } from './read-asked.ts';

const formats = { [ExportFormat.CSV]: 'csv', [ExportFormat.JSONL]: 'ndjson' } as const;

/** A person's own; a program's are those of its key. */
function ownedBy(ctx: RequestContext): FilterQuery<Export> {
  const { userId, keyId } = callerOf(ctx);
  return { requestedById: userId, keyId: keyId ?? null };
}

/** What to write, or what is wrong with the wish. */
function readInput(ctx: RequestContext, { logFilter, scope, columns, format, bom }: ExportInput, faults: Refusals): ExportAsked {
  const { permissions, credential, userId } = callerOf(ctx), isAny = scope === LogScopeName.ANY, known = columnsFor(isAny), wanted = columns ?? known;
  faults.unless(!isAny || permissions.includes(Permission.LOG_READ_ANY), 'forbidden', ['input', 'scope'], UserErrorCode.NOT_ALLOWED);
  faults.unless(isAny || credential !== 'integration-key', 'forbidden', ['input', 'scope'], UserErrorCode.NOT_ALLOWED);
  faults.unless(wanted.length > 0, 'value_required', ['input', 'columns'], UserErrorCode.REQUIRED, { allowed: known });
  for (const [index, name] of wanted.slice(0, known.length).entries()) faults.unless(known.includes(name as LogColumn), 'invalid_params', ['input', 'columns', String(index)], UserErrorCode.INVALID, { allowed: known });
  faults.unless(wanted.length <= known.length, 'too_many_items', ['input', 'columns'], UserErrorCode.OUT_OF_RANGE, { max: String(known.length) });
  return { filter: logFilter ?? {}, scope: isAny ? everyone(ctx) : { userId }, columns: wanted as LogColumn[], format: formats[format], bom };
}

export class ExportService {
  constructor(private readonly queue: JobQueue, private readonly jobs: JobService, private readonly cursors: Cursors) {}

  /** Begins the export; one of a requester at a time. */
  async create(ctx: RequestContext, input: ExportInput): Promise<ExportPayload> {
    const faults = new Refusals(ctx), asked = readInput(ctx, input, faults);
    if (faults.any) return new ExportPayload(null, faults.list);
    const { userId, keyId } = callerOf(ctx), now = ctx.clock.now();
    const made = await ctx.em.transactional(async (em) => {
      const [next] = await em.execute<{ id: string }[]>(`select nextval('export_id_seq')::text as id`), id = Number(next!.id);
      const job = await this.queue.add(em, exportJob, { input: { exportId: id }, requestedById: userId, exclusiveKey: `export:${keyId === undefined ? `user:${userId}` : `key:${keyId}`}` });
      if (!job) return new ExportPayload(null, [refusal(ctx, UserErrorCode.CONFLICT, 'job_running')]);
      const made = em.create(Export, { id, kind: input.kind, format: input.format, gzip: input.gzip, asked: writeAsked(asked), jobId: job.id, requestedById: userId, keyId: keyId ?? null, createdAt: now, expiresAt: new Date(now.getTime() + keptMs) });
      await em.persist(made).flush();
      return new ExportPayload(made);
    });
    this.queue.call();
    return made;
  }

  page(ctx: RequestContext, args: PageArgs): Promise<Connection<Export>> {
    return listPage(ctx.em, this.cursors, { entity: Export, where: { $and: [ownedBy(ctx), { expiresAt: { $gt: ctx.clock.now() } }] }, order: { property: 'id', direction: SortDirection.DESC }, asked: null }, args);
  }

  /** Ends it after its present step. One that is over stays as it is. */
  async cancel(ctx: RequestContext, id: string): Promise<ExportPayload> {
    const found = await ctx.em.findOne(Export, { $and: [ownedBy(ctx), { id: readId('export', id) }] });
    if (!found) return new ExportPayload(null, [notFound(ctx)]);
    const { userErrors } = await this.jobs.end(ctx, found.jobId);
    return new ExportPayload(found, userErrors);
  }
}
