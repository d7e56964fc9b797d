/** The records of an earlier run of this relay: all of its files, plus what recovery added. */
import { rmSync } from 'node:fs';
import type { SpoolRecord } from '../gql/types.gen.ts';
import { emptyRecord, recordsOf, type RecordSource } from './record-source.ts';
import type { SegmentName } from './segment.ts';

/** A file and the records that it brought to the sequence, both ends included; none when `last` is below `first`. */
export interface PastSegment { readonly name: SegmentName; readonly first: number; readonly last: number }

export class Backlog implements RecordSource {
  readonly epoch: number;
  readonly written: number;
  private readonly segments: readonly PastSegment[];
  /** Records that stand elsewhere than in the order of the files: recovery put them into gaps. */
  private readonly patches: ReadonlyMap<number, SpoolRecord>;
  private ackedSequence: number;
  private loaded: { path: string; records: Map<number, SpoolRecord> } | undefined;

  constructor(epoch: number, first: number, last: number, segments: readonly PastSegment[], patches: ReadonlyMap<number, SpoolRecord>) {
    this.epoch = epoch;
    this.written = last;
    this.ackedSequence = first - 1;
    this.segments = segments;
    this.patches = patches;
  }

  get acked(): number { return this.ackedSequence; }
  get unshipped(): number { return this.written - this.ackedSequence; }

  read(from: number, most: number): SpoolRecord[] {
    const count = Math.min(most, this.written - from + 1);
    return Array.from({ length: Math.max(0, count) }, (_, index) => this.record(from + index));
  }

  private record(sequence: number): SpoolRecord {
    const patch = this.patches.get(sequence);
    if (patch) return patch;
    const segment = this.segments.find((each) => each.first <= sequence && sequence <= each.last);
    if (segment && this.loaded?.path !== segment.name.path) this.loaded = { path: segment.name.path, records: recordsOf(segment.name.path) };
    return this.loaded?.records.get(sequence) ?? emptyRecord(sequence);
  }

  /** The files go together, when the last record is in PostgreSQL: until then a new start must find the whole story. */
  ack(sequence: number): void {
    if (sequence <= this.ackedSequence) return;
    this.ackedSequence = sequence;
    if (sequence >= this.written) this.remove();
  }

  remove(): void {
    this.loaded = undefined;
    for (const { name } of this.segments) rmSync(name.path, { force: true });
  }
}
