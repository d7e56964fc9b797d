/** Where the shipper takes records from: the spool of this run, or what an earlier run left behind. */
import type { SpoolRecord } from '../gql/types.gen.ts';
import { readSegment } from './segment.ts';
import { toRecord } from './spool-line.ts';

export interface RecordSource {
  readonly epoch: number;
  /** Sequence of the last record that may be shipped. */
  readonly written: number;
  /** Everything up to here is in PostgreSQL. */
  readonly acked: number;
  /** At most so many records in order, the first one being `from`. */
  read(from: number, most: number): readonly SpoolRecord[];
  ack(sequence: number): void;
}

/** The records of one file, by sequence. Damaged lines are absent. */
export function recordsOf(path: string): Map<number, SpoolRecord> {
  const records = readSegment(path).lines.filter((line) => line.kind === 'O' || line.kind === 'B').map(toRecord);
  return new Map(records.map((record) => [record.sequence, record]));
}

/**
 * Stands where a record was damaged on disk or forgotten: the ledger takes no gap, and what follows must not wait for ever. It
 * moves nothing; damaged bytes lie in the dead letters and were reported.
 */
export const emptyRecord = (sequence: number): SpoolRecord => ({ sequence, usage: null, returned: null });
