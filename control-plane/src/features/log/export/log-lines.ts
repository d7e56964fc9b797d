/** The rows of a filter as text, the oldest first, a few thousand at a time: five million need no more memory than five. */
import type { Sql } from '../../../database/sql.ts';
import { conditionsOf, whereOf, type LogScope } from '../log-filter.ts';
import type { LogFilter } from '../log.inputs.ts';
import { readRecords, type LogRecord } from '../log-record.ts';
import { withModelNames } from '../model-names.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { valueOf, type LogColumn } from './log-columns.ts';

export type ExportFormat = 'csv' | 'ndjson';

/** @property bom whether a CSV file begins with a byte order mark */
export interface ExportAsked { filter: LogFilter; scope: LogScope; columns: readonly LogColumn[]; format: ExportFormat; bom: boolean }

/** The row that a batch ended with. */
export interface LastRow { at: Date; seq: number }

/** `last` is undefined when nothing follows. */
export interface Batch { text: string; rows: number; last: LastRow | undefined }

const batchRows = 2_000;

const jsonLine = (row: LogRecord, columns: readonly LogColumn[]): string => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, valueOf(row, name)])))}\n`;

/** Once, before the first batch: patterns of model names become names. */
export const prepared = async (sql: Sql, asked: ExportAsked): Promise<ExportAsked> => ({ ...asked, filter: await withModelNames(sql, asked.filter) });

/** What stands before the first row. */
export const headOf = ({ format, bom, columns }: ExportAsked): string => (format === 'csv' ? (bom ? byteOrderMark : '') + csvLine(columns) : '');

export async function readBatch(sql: Sql, { filter, scope, columns, format }: ExportAsked, after: LastRow | undefined): Promise<Batch> {
  const { text, values } = whereOf(conditionsOf(filter, scope));
  const beyond = after ? ` and (created_at, seq) > ($${values.length + 1}, $${values.length + 2})` : '';
  const rows = await readRecords(sql, `${text}${beyond} order by created_at, seq limit ${batchRows}`, after ? [...values, after.at, after.seq] : values);
  const lines = rows.map((row) => (format === 'csv' ? csvLine(columns.map((name) => valueOf(row, name))) : jsonLine(row, columns)));
  return { text: lines.join(''), rows: rows.length, last: rows.length === batchRows ? rows.at(-1) : undefined };
}

/** @param sql a new one for each batch: nothing is held open while the reader takes its time */
export async function* logLines(sql: () => Sql, asked: ExportAsked): AsyncGenerator<string, void> {
  const ready = await prepared(sql(), asked);
  yield headOf(ready);
  let last: LastRow | undefined;
  do {
    const batch = await readBatch(sql(), ready, last);
    yield batch.text;
    ({ last } = batch);
  } while (last);
}
