/** The rows of a live list: what was fetched and what arrives, each once, the newest first. Pure, so that tests can walk it. */
import type { LogRowFragment, LogTailSubscription } from '../../gql/graphql.ts';

export type LogRow = LogRowFragment;
type TailEvent = LogTailSubscription['logTail'];

export interface Gap { dropped: number; sequenceFrom: string; sequenceTo: string }

export interface LiveRows {
  rows: readonly LogRow[];
  /** Holes that the server reported and nobody has filled. */
  gaps: readonly Gap[];
  /** Where a broken connection goes on. */
  cursor: string | undefined;
}

export const noRows: LiveRows = { rows: [], gaps: [], cursor: undefined };

/** More are dropped, oldest first: a page that stays open for days must not grow. */
export const mostRows = 5000;

export function merge(known: readonly LogRow[], more: readonly LogRow[]): readonly LogRow[] {
  const byId = new Map([...known, ...more].map((row) => [row.id, row]));
  return [...byId.values()].sort((one, other) => Number(BigInt(other.sequence) - BigInt(one.sequence))).slice(0, mostRows);
}

export function receive(live: LiveRows, event: TailEvent): LiveRows {
  switch (event.__typename) {
    case 'LogBatch': return { ...live, rows: merge(live.rows, event.logs), cursor: event.cursor };
    case 'LogGap': return { ...live, gaps: [...live.gaps, { dropped: event.dropped, sequenceFrom: event.sequenceFrom, sequenceTo: event.sequenceTo }], cursor: event.to };
    case 'LogHeartbeat': return { ...live, cursor: event.cursor };
  }
}

export const fillGap = (live: LiveRows, gap: Gap, rows: readonly LogRow[]): LiveRows =>
  ({ ...live, rows: merge(live.rows, rows), gaps: live.gaps.filter((one) => one !== gap) });

/** Splits at the newest row that a reader has seen: what came after it waits, so that nothing moves under their eyes. */
export function heldBack(rows: readonly LogRow[], newestSeen: string | undefined): { shown: readonly LogRow[]; waiting: number } {
  if (newestSeen === undefined) return { shown: rows, waiting: 0 };
  const shown = rows.filter(({ sequence }) => BigInt(sequence) <= BigInt(newestSeen));
  return { shown, waiting: rows.length - shown.length };
}

/** The hole that lies between this row and the newer one above it. */
export const gapAbove = (row: LogRow, rows: readonly LogRow[], gaps: readonly Gap[]): Gap | undefined =>
  gaps.find(({ sequenceFrom }) => row === rows.find(({ sequence }) => BigInt(sequence) < BigInt(sequenceFrom)));
