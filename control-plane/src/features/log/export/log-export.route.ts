/**
 * `GET /api/log/export`: the log as a file, streamed. It takes the query words of `/api/log/`, beside `format` (csv, ndjson), `columns`
 * and `scope` (self, any). Own rows for everybody, all rows for holders of LOG_READ_ANY.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage, type OpenAnswer } from '../../../kernel/http/http-message.ts';
import { say, type MessageCode } from '../../../kernel/words/messages.ts';
import { Permission } from '../../../kernel/permission.ts';
import type { RawRoute } from '../../../kernel/http/raw-route.ts';
import { writeEvent } from '../../audit/write-event.ts';
import { everyone, type LogScope } from '../log-filter.ts';
import { logTypes } from '../log-row.ts';
import { LogType, type LogFilter } from '../log.inputs.ts';
import { columnsFor, type LogColumn } from './log-columns.ts';
import { logLines, type ExportAsked, type ExportFormat } from './log-lines.ts';

const refuse = ({ language }: RequestContext, status: number, code: MessageCode, detail = ''): HttpAnswer =>
  jsonAnswer(status, { success: false, message: say(code, language) + detail, code });

const instant = (seconds: string | null): Date | null => (seconds && /^\d{1,11}$/.test(seconds) ? new Date(Number(seconds) * 1_000) : null);

function filterOf(query: URLSearchParams): LogFilter {
  const type = Object.keys(logTypes).find((name) => String(logTypes[name as LogType]) === query.get('type')), channel = query.get('channel'), group = query.get('group');
  return {
    from: instant(query.get('start_timestamp')), to: instant(query.get('end_timestamp')), types: type && type !== 'UNKNOWN' ? [type as LogType] : null, tokenName: query.get('token_name'),
    modelLike: query.get('model_name'), username: query.get('username'), channelIds: channel && /^[1-9]\d{0,8}$/.test(channel) ? [channel] : null, groups: group ? [group] : null,
  };
}

/** Whose rows, or why not. */
function scopeOf(query: URLSearchParams, ctx: RequestContext): LogScope | HttpAnswer {
  const { principal } = ctx;
  if (!principal || principal.credential === 'relay-key') return refuse(ctx, 401, ctx.credentialFault ?? 'unauthenticated');
  const mayAny = principal.permissions.includes(Permission.LOG_READ_ANY), isKey = principal.credential === 'integration-key';
  if (query.get('scope') !== 'any' && !isKey) return { userId: principal.userId };
  return mayAny ? everyone(ctx) : refuse(ctx, 403, 'forbidden');
}

function read(message: HttpMessage, ctx: RequestContext): ExportAsked | HttpAnswer {
  const query = new URLSearchParams(message.query), scope = scopeOf(query, ctx);
  if ('status' in scope) return scope;
  const known = columnsFor(scope.userId === undefined), wanted = query.get('columns')?.split(',').map((name) => name.trim()).filter(Boolean) ?? known, format = query.get('format') ?? 'csv';
  const unknown = wanted.find((name) => !known.includes(name as LogColumn));
  if (unknown !== undefined || wanted.length === 0) return refuse(ctx, 400, 'invalid_params', `: columns takes ${known.join(', ')}`);
  if (format !== 'csv' && format !== 'ndjson') return refuse(ctx, 400, 'invalid_params', ': format takes csv, ndjson');
  return { filter: filterOf(query), scope, columns: wanted as LogColumn[], format: format as ExportFormat, bom: true };
}

async function pump(answer: OpenAnswer, lines: AsyncGenerator<string, void>): Promise<void> {
  answer.onGone(() => { void lines.return(); });
  for await (const text of lines) if (text && !answer.write(text) && !(await answer.drained())) break;
  answer.end();
}

export function logExport(fork: () => EntityManager, log: Logger): RawRoute {
  return {
    method: 'GET', path: '/api/log/export', rate: 'NORMAL',
    async handle(message, ctx) {
      const asked = read(message, ctx);
      if ('status' in asked) return asked;
      const scope = { action: 'logExport', args: { filter: asked.filter, scope: asked.scope, columns: asked.columns }, context: { ...ctx, route: 'GET /api/log/export' }, events: 0, isOver: false };
      await fork().transactional((em) => writeEvent(sqlOf(em), scope, { ok: true }));
      const type = asked.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8', name = `log-${ctx.clock.now().toISOString().slice(0, 10)}.${asked.format}`;
      return {
        status: 200, headers: [['content-type', type], ['content-disposition', `attachment; filename="${name}"`], ['cache-control', 'no-store']], body: '',
        stream: (answer) => { pump(answer, logLines(() => sqlOf(fork()), asked)).catch((error: unknown) => { log.error({ err: error }, 'an export failed'); answer.abort(); }); },
      };
    },
  };
}
