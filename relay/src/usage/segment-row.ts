/** The files of the running epoch in their order: the newest grows, the oldest goes when nothing in it is needed any more. */
import { rm } from 'node:fs/promises';
import { emptyRecord, recordsOf, type WrittenRecord } from './record-source.ts';
import { SegmentWriter, segmentName, type DiskWrite } from './segment.ts';
import { writeLine, type LineKind } from './spool-line.ts';

/** The lines that tell an unfinished exchange: reservation, answer, latest checkpoint. */
export type Story = Partial<Record<LineKind, string>>;

interface Segment { readonly writer: SegmentWriter; lastSequence: number; readonly stories: Map<string, Story> }

export class SegmentRow {
  private readonly folder: string;
  private readonly epoch: number;
  private readonly disk: DiskWrite | undefined;
  private readonly row: Segment[] = [];
  private readonly segmentOf = new Map<string, Segment>();
  private current: Segment;
  private removing: Promise<void> = Promise.resolve();
  private loaded: { path: string; records: Map<number, WrittenRecord> } | undefined;

  constructor(folder: string, epoch: number, disk?: DiskWrite) {
    this.folder = folder;
    this.epoch = epoch;
    this.disk = disk;
    this.current = this.begin(1, 0);
  }

  get bytes(): number { return this.current.writer.bytes; }
  get openReservations(): number { return this.segmentOf.size; }

  /** Throws what the file system says; then nothing was written. */
  write(lines: readonly string[]): void { this.current.writer.write(lines); }
  sync(): void { this.current.writer.sync(); }

  reserved(chargeId: string, line: string): void {
    this.current.stories.set(chargeId, { R: line });
    this.segmentOf.set(chargeId, this.current);
  }

  /** Only the latest of a kind counts, so a long stream stays small. */
  told(chargeId: string, kind: LineKind, line: string): void {
    const story = this.segmentOf.get(chargeId)?.stories.get(chargeId);
    if (story) story[kind] = line;
  }

  recorded(sequence: number, chargeId: string | undefined): void {
    this.current.lastSequence = sequence;
    if (chargeId === undefined) return;
    this.segmentOf.get(chargeId)?.stories.delete(chargeId);
    this.segmentOf.delete(chargeId);
  }

  /** Begins a new file. Throws where there is no room for one; the old file then grows on. */
  roll(): void {
    const { writer, lastSequence } = this.current;
    this.current = this.begin(writer.name.number + 1, lastSequence);
    writer.sync();
  }

  /**
   * Deletes whole files from the oldest on. Reservations that still run in one are first copied to the newest: were they left
   * behind, a day-long stream would keep a day of files. Throws when there is no room for the copies; then nothing is deleted.
   */
  drop(acked: number): void {
    for (let oldest = this.row[0]; oldest && oldest !== this.current && oldest.lastSequence <= acked; oldest = this.row[0]) {
      this.carry(oldest);
      this.row.shift();
      oldest.writer.close();
      this.remove(oldest.writer.name.path);
    }
  }

  // One after the other, beside the traffic: to free a file takes the kernel a while. What is left after a death is only told again.
  private remove(path: string): void {
    this.removing = this.removing.then(() => rm(path, { force: true })).catch(() => undefined);
  }

  private carry(from: Segment): void {
    const lines = Array.from(from.stories.values(), ({ R, A, C }) => [R, A, C]).flat().filter((line) => line !== undefined);
    if (lines.length > 0) this.write(lines);
    for (const [chargeId, story] of from.stories) {
      this.current.stories.set(chargeId, story);
      this.segmentOf.set(chargeId, this.current);
    }
  }

  /** Records from the files, for a shipper that fell behind. */
  read(from: number, most: number): WrittenRecord[] {
    const segment = this.row.find((each) => each.lastSequence >= from);
    if (!segment) return [];
    const { path } = segment.writer.name;
    if (this.loaded?.path !== path || segment === this.current) this.loaded = { path, records: recordsOf(path) };
    const { records } = this.loaded;
    const count = Math.min(most, segment.lastSequence - from + 1);
    return Array.from({ length: count }, (_, index) => records.get(from + index) ?? emptyRecord(from + index));
  }

  forgetLoaded(): void { this.loaded = undefined; }

  close(): void { for (const segment of this.row) segment.writer.close(); }

  private begin(number: number, lastSequence: number): Segment {
    const writer = new SegmentWriter(segmentName(this.folder, this.epoch, number), this.disk);
    writer.write([writeLine('S', String(lastSequence), '{}')]);
    const segment = { writer, lastSequence, stories: new Map<string, Story>() };
    this.row.push(segment);
    return segment;
  }
}
