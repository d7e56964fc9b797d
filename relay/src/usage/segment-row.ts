/** The files of the running epoch in their order: the newest grows, the oldest goes when nothing in it is needed any more. */
import { unlink } from 'node:fs/promises';
import { packedForms } from '../gql/packed.gen.ts';
import { emptyRecord } from './record-source.ts';
import { SegmentWriter, segmentName, type DiskWrite } from './segment.ts';
import { readLine, type LineKind, type NewLine } from './spool-line.ts';

interface Segment {
  readonly writer: SegmentWriter;
  /** Sequence of the first record that it may hold. */
  readonly first: number;
  /** Where the lines of its records begin. */
  readonly records: number[];
}

/** Where a line lies. What it says stays in the file: a long stream costs some numbers here, not its texts. */
interface Place { segment: Segment; at: number; readonly length: number }

/** The lines that tell an unfinished exchange: reservation, answer, latest checkpoint. */
interface Story { readonly R: Place; A?: Place; C?: Place }

export class SegmentRow {
  private readonly folder: string;
  private readonly epoch: number;
  private readonly report: (event: string, detail: string) => void;
  private readonly disk: DiskWrite | undefined;
  private readonly row: Segment[] = [];
  private stories = new Map<string, Story>();
  private current: Segment;
  private removing: Promise<void> = Promise.resolve();

  constructor(folder: string, epoch: number, report: (event: string, detail: string) => void, disk?: DiskWrite) {
    this.folder = folder;
    this.report = report;
    this.epoch = epoch;
    this.disk = disk;
    this.current = this.begin(1, 1);
  }

  get bytes(): number { return this.current.writer.bytes; }

  /** As `SegmentWriter.write`. What the lines mean is to be told next, line by line. */
  write(lines: readonly NewLine[]): number[] { return this.current.writer.write(lines); }
  sync(): void { this.current.writer.sync(); }

  reserved(chargeId: string, at: number, length: number): void {
    this.stories.set(chargeId, { R: { segment: this.current, at, length } });
  }

  /** Only the latest of a kind counts, so a long stream stays small. */
  told(chargeId: string, kind: LineKind, at: number, length: number): void {
    const story = this.stories.get(chargeId);
    if (story && (kind === 'A' || kind === 'C')) story[kind] = { segment: this.current, at, length };
  }

  /** Records come in the order of their sequences, and none is left out. */
  recorded(chargeId: string | undefined, at: number): void {
    this.current.records.push(at);
    if (chargeId !== undefined) this.stories.delete(chargeId);
  }

  /** Begins a new file. Throws where there is no room for one; the old file then grows on. */
  roll(): void {
    const { writer } = this.current;
    this.current = this.begin(writer.name.number + 1, nextOf(this.current));
    // The tables of a map lead from old to new: an old one would keep what was in all that came after it (see Roster).
    this.stories = new Map(this.stories);
    writer.sync();
  }

  /**
   * Deletes whole files from the oldest on. Reservations that still run in one are first copied to the newest: were they left
   * behind, a day-long stream would keep a day of files. Throws when there is no room for the copies; then nothing is deleted.
   */
  drop(acked: number): void {
    for (let oldest = this.row[0]; oldest && oldest !== this.current && nextOf(oldest) <= acked + 1; oldest = this.row[0]) {
      this.carry(oldest);
      this.row.shift();
      oldest.writer.close();
      this.remove(oldest.writer.name.path);
    }
  }

  // One after the other, beside the traffic: to free a file takes the kernel a while. What is left after a death is only told again.
  private remove(path: string): void {
    this.removing = this.removing.then(() => unlink(path)).catch((error: unknown) => this.report('spool-file-left', String(error)));
  }

  /** The whole of each story, its newer lines too: a start reads nothing of an exchange before its reservation. */
  private carry(from: Segment): void {
    const places: Place[] = [];
    for (const { R, A, C } of this.stories.values()) if (R.segment === from) places.push(...[R, A, C].filter((place) => place !== undefined));
    if (places.length === 0) return;
    let at = this.current.writer.bytes;
    this.current.writer.append(Buffer.concat(places.map((place) => place.segment.writer.read(place.at, place.length))));
    for (const place of places) {
      place.segment = this.current;
      place.at = at;
      at += place.length;
    }
  }

  /** The JSON of records from the file of the first one. Throws what the file system says. */
  read(from: number, most: number): Buffer[] {
    const segment = this.row.find((each) => nextOf(each) > from);
    if (!segment || most <= 0) return [];
    const { writer, records, first } = segment;
    if (from < first) return Array.from({ length: Math.min(most, first - from) }, (_, index) => emptyRecord(from + index));
    const start = from - first, end = Math.min(start + most, records.length), base = records[start]!;
    const bytes = writer.read(base, (records[end] ?? writer.bytes) - base);
    return Array.from({ length: end - start }, (_, index) => {
      const at = records[start + index]! - base;
      return readLine(bytes.subarray(at, bytes.indexOf(0x0a, at)))?.json ?? emptyRecord(from + index);
    });
  }

  close(): void { for (const segment of this.row) segment.writer.close(); }

  private begin(number: number, first: number): Segment {
    const writer = new SegmentWriter(segmentName(this.folder, this.epoch, number), this.disk);
    writer.write([{ kind: 'S', key: String(first - 1), json: packedForms }]);
    const segment = { writer, first, records: [] };
    this.row.push(segment);
    return segment;
  }
}

/** The sequence that follows on what the file holds. */
const nextOf = ({ first, records }: Segment): number => first + records.length;
