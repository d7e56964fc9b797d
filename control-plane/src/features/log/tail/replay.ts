/** Rows that a reader missed while it was away: the newest 5,000 of the last 15 minutes, a hole for the rest. */
import type { Sql } from '../../../database/sql.ts';
import { whereOf, type Condition } from '../log-filter.ts';
import { readRecords, type LogRecord } from '../log-record.ts';
import { frameRows } from './log-tail.ts';
import type { Hole } from './tail-buffer.ts';

export const replayRows = 5_000, replayMs = 15 * 60_000;
const longestCount = 10_001;

export interface Absence { after: number; until: number; nowMs: number; conditions: readonly Condition[] }

interface Bounds { missed: number; start: number | undefined; earliest: number | undefined }

/** Where the replay starts, and how many rows lie before that. */
async function boundsOf(sql: Sql, { after, until, nowMs, conditions }: Absence): Promise<Bounds> {
  const { text, values } = whereOf(conditions), count = values.length;
  const between = `${text} and seq > $${count + 1} and seq <= $${count + 2}`, known = [...values, after, until];
  const recent = `select seq from log ${between} and created_at > $${count + 3} order by seq desc limit ${replayRows}`;
  const [start] = await sql<{ start: string | null }>(`select min(seq)::text as start from (${recent}) as newest`, [...known, new Date(nowMs - replayMs)]);
  const stop = start?.start ?? String(until + 1);
  const [hole] = await sql<{ missed: number; earliest: string | null }>(
    `select count(*)::int as missed, min(seq)::text as earliest
     from (select seq from log ${between} and seq < $${count + 3} limit ${longestCount}) as missed`, [...known, stop]);
  const number = (value: string | null | undefined) => (value == null ? undefined : Number(value));
  return { missed: hole!.missed, start: number(start?.start), earliest: number(hole!.earliest) };
}

/** Pages of rows in the order of commits, read as they are asked for. */
export async function* replay(sql: Sql, absence: Absence): AsyncGenerator<Hole | LogRecord[], undefined> {
  if (absence.after >= absence.until) return undefined;
  const { missed, start, earliest } = await boundsOf(sql, absence);
  if (missed) yield { from: earliest!, to: (start ?? absence.until + 1) - 1, dropped: missed };
  if (start === undefined) return undefined;
  const { text, values } = whereOf(absence.conditions), count = values.length;
  for (let from = start; ;) {
    const tail = `${text} and seq >= $${count + 1} and seq <= $${count + 2} order by seq limit ${frameRows}`;
    const rows = await readRecords(sql, tail, [...values, from, absence.until]);
    if (!rows.length) return undefined;
    yield rows;
    from = rows.at(-1)!.seq + 1;
  }
}
