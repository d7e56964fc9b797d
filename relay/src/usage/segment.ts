/** Files of the spool: `<epoch>-<number>.spool`, written in order, deleted in order. */
import { closeSync, constants, fdatasync, openSync, readFileSync, readSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LineEncoder, readLine, type NewLine, type SpoolLine } from './spool-line.ts';

export interface SegmentName { readonly epoch: number; readonly number: number; readonly path: string }

const pattern = /^(\d{10})-(\d{10})\.spool$/;

export const segmentName = (folder: string, epoch: number, number: number): SegmentName =>
  ({ epoch, number, path: join(folder, `${String(epoch).padStart(10, '0')}-${String(number).padStart(10, '0')}.spool`) });

/** All segments of the folder, oldest first. */
export function listSegments(folder: string): SegmentName[] {
  return readdirSync(folder).sort().flatMap((file) => {
    const match = pattern.exec(file);
    return match ? [{ epoch: Number(match[1]), number: Number(match[2]), path: join(folder, file) }] : [];
  });
}

export interface SegmentContent {
  readonly lines: readonly SpoolLine[];
  /** Lines that are complete but whose checksum does not fit. */
  readonly damaged: readonly Buffer[];
  /** Bytes of an unfinished last line: the process died while it was written. */
  readonly torn: number;
}

export function readSegment(path: string): SegmentContent {
  const bytes = readFileSync(path);
  const lines: SpoolLine[] = [];
  const damaged: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    const raw = bytes.subarray(start, end);
    const line = readLine(raw);
    if (line) lines.push(line);
    else damaged.push(raw);
    start = end + 1;
  }
  return { lines, damaged, torn: bytes.length - start };
}

/** As `fs.writeSync`: writes what it can, says how much, throws when it can write nothing. */
export type DiskWrite = (file: number, bytes: Buffer, offset: number, length: number, position: number) => number;

/** The end of the spool that is being written. */
export class SegmentWriter {
  readonly name: SegmentName;
  private readonly file: number;
  private readonly disk: DiskWrite;
  private readonly encoder = new LineEncoder();
  private length = 0;
  private dirty = false;
  private syncing = false;
  private closing = false;

  /** Throws where the file exists: two processes must never write one epoch. */
  constructor(name: SegmentName, disk: DiskWrite = writeSync) {
    this.name = name;
    this.disk = disk;
    this.file = openSync(name.path, constants.O_CREAT | constants.O_RDWR | constants.O_EXCL, 0o600);
  }

  get bytes(): number { return this.length; }

  /**
   * Writes all or, as far as readers can tell, nothing: a part that got through before the disk was full is written over by
   * the next try. Throws what the file system says.
   *
   * @returns where the lines begin: each ends where the next one begins, and the last at the end of the file
   */
  write(lines: readonly NewLine[]): number[] {
    const starts = [0];
    const bytes = this.encoder.encode(lines, starts);
    const base = this.length;
    this.append(bytes);
    return starts.map((start) => base + start);
  }

  /** The same for lines that have been in another file. */
  append(bytes: Buffer): void {
    let done = 0;
    while (done < bytes.length) done += this.disk(this.file, bytes, done, bytes.length - done, this.length + done);
    this.length += bytes.length;
    this.dirty = true;
  }

  /** What was written. Throws what the file system says. */
  read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.file, bytes, done, length - done, at + done);
      if (count === 0) throw new Error(`${this.name.path} is shorter than what was written to it`);
      done += count;
    }
    return bytes;
  }

  /** Against power cuts; the death of the process alone loses nothing that was written. Runs beside the traffic. */
  sync(): void {
    if (!this.dirty || this.syncing) return;
    this.dirty = false;
    this.syncing = true;
    fdatasync(this.file, (fault) => {
      this.syncing = false;
      // What could not be synced is tried again with the next bytes; the write itself has succeeded.
      this.dirty ||= fault !== null;
      if (this.closing) closeSync(this.file);
    });
  }

  close(): void {
    this.closing = true;
    this.sync();
    if (!this.syncing) closeSync(this.file);
  }
}
