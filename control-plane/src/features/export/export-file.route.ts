/** `GET /api/export/file`: the file behind the signed link of an export, for who asked for it. No field can express a file. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import type { Principal, RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage, type OpenAnswer } from '../../kernel/http/http-message.ts';
import type { RawRoute } from '../../kernel/http/raw-route.ts';
import { Permission } from '../../kernel/permission.ts';
import { say, type MessageCode } from '../../kernel/words/messages.ts';
import { writeEvent } from '../audit/write-event.ts';
import { Job, JobStatus } from '../job/job.entity.ts';
import { Export, ExportFormat } from './export.entity.ts';
import { readFile } from './export-file.ts';
import { filePath, type ExportLinks } from './export-link.ts';
import { readAsked } from './read-asked.ts';

const refuse = ({ language }: RequestContext, status: number, code: MessageCode): HttpAnswer => jsonAnswer(status, { success: false, message: say(code, language), code });

const isRequester = ({ requestedById, keyId }: Export, { userId, keyId: ownKey }: Principal): boolean => requestedById === userId && (keyId ?? undefined) === ownKey;

/** The export, or why the caller gets none. Somebody else's looks like one that never was. */
async function findFile(message: HttpMessage, ctx: RequestContext, links: ExportLinks): Promise<Export | HttpAnswer> {
  const { principal } = ctx, query = new URLSearchParams(message.query), id = /^exp_(\d{1,9})$/.exec(query.get('id') ?? '')?.[1];
  if (!principal || principal.credential === 'relay-key') return refuse(ctx, 401, ctx.credentialFault ?? 'unauthenticated');
  const file = id === undefined ? null : await ctx.em.findOne(Export, { id: Number(id) });
  if (!file || !isRequester(file, principal) || !links.isFor(file, query.get('signature') ?? '') || file.expiresAt <= ctx.clock.now()) return refuse(ctx, 404, 'not_found');
  if (readAsked(file.asked).scope.userId === undefined && !principal.permissions.includes(Permission.LOG_READ_ANY)) return refuse(ctx, 403, 'forbidden');
  const { status } = await ctx.em.findOneOrFail(Job, { id: file.jobId }, { refresh: true });
  return status === JobStatus.SUCCEEDED ? file : refuse(ctx, 404, 'not_found');
}

async function pump(answer: OpenAnswer, parts: AsyncGenerator<Buffer, void>): Promise<void> {
  answer.onGone(() => { void parts.return(); });
  for await (const part of parts) if (!answer.write(part) && !(await answer.drained())) break;
  answer.end();
}

function headersFor({ id, format, gzip }: Export): [string, string][] {
  const isCsv = format === ExportFormat.CSV, type = gzip ? 'application/gzip' : `${isCsv ? 'text/csv' : 'application/x-ndjson'}; charset=utf-8`;
  return [['content-type', type], ['content-disposition', `attachment; filename="export-${id}.${isCsv ? 'csv' : 'jsonl'}${gzip ? '.gz' : ''}"`], ['cache-control', 'no-store']];
}

export function exportFileRoute(fork: () => EntityManager, links: ExportLinks, log: Logger): RawRoute {
  return {
    method: 'GET', path: filePath, rate: 'NORMAL',
    async handle(message, ctx) {
      const file = await findFile(message, ctx, links);
      if ('status' in file) return file;
      const scope = { action: 'exportDownload', args: { id: file.globalId }, context: { ...ctx, route: `GET ${filePath}` }, events: 0, isOver: false };
      await fork().transactional((em) => writeEvent(sqlOf(em), scope, { ok: true }));
      return {
        status: 200, headers: headersFor(file), body: '',
        stream: (answer) => { pump(answer, readFile(() => sqlOf(fork()), file)).catch((error: unknown) => { log.error({ err: error }, 'a download failed'); answer.abort(); }); },
      };
    },
  };
}
