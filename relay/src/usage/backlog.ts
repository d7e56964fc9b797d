/** The records that an earlier run of this relay left in its files. */
import { rmSync } from 'node:fs';
import { emptyRecord, recordsOf, type RecordSource } from './record-source.ts';

/** A file and the records that it brought to the sequence, both ends included; none when `last` is below `first`. */
export interface PastSegment { readonly path: string; readonly first: number; readonly last: number }

/** What its files told. */
export interface PastEpoch { readonly forms: string | undefined; readonly first: number; readonly last: number; readonly segments: readonly PastSegment[] }

export class Backlog implements RecordSource {
  readonly epoch: number;
  readonly forms: string | undefined;
  readonly written: number;
  private readonly segments: readonly PastSegment[];
  private ackedSequence: number;
  private loaded: { path: string; records: Map<number, Buffer> } | undefined;

  constructor(epoch: number, { forms, first, last, segments }: PastEpoch) {
    this.epoch = epoch;
    this.forms = forms;
    this.written = last;
    this.ackedSequence = first - 1;
    this.segments = segments;
  }

  get acked(): number { return this.ackedSequence; }
  get unshipped(): number { return this.written - this.ackedSequence; }

  read(from: number, most: number): Buffer[] {
    const count = Math.min(most, this.written - from + 1);
    return Array.from({ length: Math.max(0, count) }, (_, index) => this.record(from + index));
  }

  private record(sequence: number): Buffer {
    const segment = this.segments.find((each) => each.first <= sequence && sequence <= each.last);
    if (segment && this.loaded?.path !== segment.path) this.loaded = { path: segment.path, records: recordsOf(segment.path) };
    return this.loaded?.records.get(sequence) ?? emptyRecord(sequence);
  }

  /** The files go together, when the last record is in PostgreSQL: until then a new start must find the whole story. */
  ack(sequence: number): void {
    if (sequence <= this.ackedSequence) return;
    this.ackedSequence = Math.min(sequence, this.written);
    if (this.unshipped === 0) this.remove();
  }

  remove(): void {
    this.loaded = undefined;
    for (const { path } of this.segments) rmSync(path, { force: true });
  }
}
