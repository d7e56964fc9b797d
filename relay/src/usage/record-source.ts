/** Where the shipper takes records from: the spool of this run, or what an earlier run left behind. */
import { readSegment } from './segment.ts';
import { recordJson } from './spool-line.ts';

/** A record that is written: the JSON of a SpoolRecord. It is made once and never read again on this side. */
export interface WrittenRecord { readonly sequence: number; readonly json: string }

export interface RecordSource {
  readonly epoch: number;
  /** Sequence of the last record that may be shipped. */
  readonly written: number;
  /** Everything up to here is in PostgreSQL. */
  readonly acked: number;
  /** At most so many records in order, the first one being `from`. */
  read(from: number, most: number): readonly WrittenRecord[];
  ack(sequence: number): void;
}

/** The records of one file, by sequence. Damaged lines are absent. */
export function recordsOf(path: string): Map<number, WrittenRecord> {
  const records = new Map<number, WrittenRecord>();
  for (const { kind, key, json } of readSegment(path).lines) {
    if (kind !== 'O' && kind !== 'B') continue;
    const sequence = Number.parseInt(key, 10);
    records.set(sequence, { sequence, json: recordJson(kind, sequence, json.toString()) });
  }
  return records;
}

/**
 * Stands where a record was damaged on disk or forgotten: the ledger takes no gap, and what follows must not wait for ever. It
 * moves nothing; damaged bytes lie in the dead letters and were reported.
 */
export const emptyRecord = (sequence: number): WrittenRecord => ({ sequence, json: `{"sequence":${sequence},"usage":null,"returned":null}` });
