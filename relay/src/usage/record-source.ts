/** Where the shipper takes records from: the spool of this run, or what an earlier run left behind. */
import { readSegment } from './segment.ts';

export interface RecordSource {
  readonly epoch: number;
  /** What the values of its records are called (`packedForms`), as JSON; undefined while no file told. */
  readonly forms: string | undefined;
  /** Sequence of the last record that may be shipped. */
  readonly written: number;
  /** Everything up to here is in PostgreSQL. */
  readonly acked: number;
  /** The JSON of at most so many SpoolRecords in order, the first one being `from`, packed or by name. It was made once, and is not looked into on this side. */
  read(from: number, most: number): readonly Buffer[];
  ack(sequence: number): void;
}

/** The records of one file, by sequence. Damaged lines are absent. */
export function recordsOf(path: string): Map<number, Buffer> {
  const records = new Map<number, Buffer>();
  for (const { kind, key, json } of readSegment(path).lines) {
    if (kind === 'O' || kind === 'B') records.set(Number.parseInt(key, 10), json);
  }
  return records;
}

/**
 * Stands where a record was damaged on disk or forgotten: the ledger takes no gap, and what follows must not wait for ever. It
 * moves nothing; damaged bytes lie in the dead letters and were reported.
 */
export const emptyRecord = (sequence: number): Buffer => Buffer.from(`{"sequence":${sequence},"usage":null,"returned":null}`);
