/** The rows of a filter as text, the oldest first, a few thousand at a time: five million need no more memory than five. */
import type { Sql } from '../../../database/sql.ts';
import { conditionsOf, whereOf, type LogScope } from '../log-filter.ts';
import type { LogFilter } from '../log.inputs.ts';
import { readRecords, type LogRecord } from '../log-record.ts';
import { withModelNames } from '../model-names.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { valueOf, type LogColumn } from './log-columns.ts';

export type ExportFormat = 'csv' | 'ndjson';

export interface ExportAsked { filter: LogFilter; scope: LogScope; columns: readonly LogColumn[]; format: ExportFormat }

const batchRows = 2_000;

const jsonLine = (row: LogRecord, columns: readonly LogColumn[]): string => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, valueOf(row, name)])))}\n`;

/** @param sql a new one for each batch: nothing is held open while the reader takes its time */
export async function* logLines(sql: () => Sql, { filter, scope, columns, format }: ExportAsked): AsyncGenerator<string, void> {
  const conditions = conditionsOf(await withModelNames(sql(), filter), scope), { text, values } = whereOf(conditions);
  if (format === 'csv') yield byteOrderMark + csvLine(columns);
  let last: LogRecord | undefined;
  do {
    const beyond = last ? ` and (created_at, seq) > ($${values.length + 1}, $${values.length + 2})` : '';
    const rows = await readRecords(sql(), `${text}${beyond} order by created_at, seq limit ${batchRows}`, last ? [...values, last.at, last.seq] : values);
    yield rows.map((row) => (format === 'csv' ? csvLine(columns.map((name) => valueOf(row, name))) : jsonLine(row, columns))).join('');
    last = rows.length === batchRows ? rows.at(-1) : undefined;
  } while (last);
}
