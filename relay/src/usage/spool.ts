/**
 * The relay's local memory of money (LED-06, LED-12): what happened is written here before it is acted on, and leaves only
 * when PostgreSQL has it. All appends of one turn are one write, which survives kill -9.
 */
import { mkdirSync } from 'node:fs';
import { packedForms, packSpoolRecord } from '../gql/packed.gen.ts';
import type { LeaseReturn, UsageEvent } from '../gql/types.gen.ts';
import type { Served, UsedSoFar } from '../quota/reservation.ts';
import { every, type Timing } from '../quota/timing.ts';
import type { RecordSource } from './record-source.ts';
import type { DiskWrite } from './segment.ts';
import { SegmentRow } from './segment-row.ts';
import { packNote, type ReservedNote } from './reserved-note.ts';
import { packServed } from './served-note.ts';
import type { NewLine } from './spool-line.ts';

const SEGMENT_BYTES = 8 * 1024 * 1024;
const RETRY_MS = 200;
const SYNC_MS = 1_000;

export interface SpoolOptions {
  readonly folder: string;
  readonly epoch: number;
  readonly timing: Timing;
  readonly segmentBytes?: number;
  readonly disk?: DiskWrite;
  readonly report: (event: string, detail: string) => void;
}

interface Pending extends NewLine {
  readonly chargeId?: string;
  /** Only of records. */
  readonly sequence?: number;
  /** Only of reservations: they are the one thing that is not done yet and can still be refused. */
  readonly decide?: (durable: boolean) => void;
}

export class Spool implements RecordSource {
  readonly epoch: number;
  readonly forms = packedForms;
  private readonly options: SpoolOptions;
  private readonly segments: SegmentRow;
  private queue: Pending[] = [];
  private flushing = false;
  private waiting: (() => void)[] = [];
  private refusing = false;
  private isReported = false;
  private sequence = 0;
  private writtenSequence = 0;
  private ackedSequence = 0;
  private readonly stopSync: () => void;
  /** Called when there are records to ship that were not there before. */
  onRecords: () => void = () => undefined;

  constructor(options: SpoolOptions) {
    this.options = options;
    this.epoch = options.epoch;
    mkdirSync(options.folder, { recursive: true });
    this.segments = new SegmentRow(options.folder, options.epoch, options.report, options.disk);
    this.stopSync = every(options.timing, SYNC_MS, () => { this.segments.sync(); });
  }

  get written(): number { return this.writtenSequence; }
  get acked(): number { return this.ackedSequence; }
  /** Records that PostgreSQL has not confirmed. */
  get unshipped(): number { return this.sequence - this.ackedSequence; }
  /** True while the disk takes nothing. */
  get isRefusing(): boolean { return this.refusing; }

  /** Resolves true when the reservation survives the process; false: it is not in the spool, and must not be acted on. */
  reserved(note: ReservedNote): Promise<boolean> {
    const { chargeId } = note.admission;
    if (this.refusing) return Promise.resolve(false);
    return new Promise((decide) => { this.append({ kind: 'R', key: chargeId, json: packNote(note), chargeId, decide }); });
  }

  answered(chargeId: string, by: Served): void { this.append({ kind: 'A', key: chargeId, json: packServed(by), chargeId }); }
  checkpoint(chargeId: string, used: UsedSoFar): void { this.append({ kind: 'C', key: chargeId, json: JSON.stringify(used), chargeId }); }

  /** The end of an exchange. Kept in memory, and written later, while the disk refuses. */
  outcome(usage: UsageEvent): void {
    const sequence = ++this.sequence;
    this.append({ kind: 'O', key: `${sequence}:${usage.chargeId}`, json: JSON.stringify(packSpoolRecord({ sequence, usage, returned: null })), chargeId: usage.chargeId, sequence });
  }

  returned(returned: LeaseReturn): void {
    const sequence = ++this.sequence;
    this.append({ kind: 'B', key: String(sequence), json: JSON.stringify(packSpoolRecord({ sequence, usage: null, returned })), sequence });
  }

  /** From the files, which the kernel has in memory: on the heap some seconds of records would cost more than reading them. */
  read(from: number, most: number): readonly Buffer[] {
    let records: readonly Buffer[] = [];
    this.attempt('spool-read-failed', () => { records = this.segments.read(from, Math.min(most, this.writtenSequence - from + 1)); });
    return records;
  }

  ack(sequence: number): void {
    if (sequence <= this.ackedSequence || sequence > this.writtenSequence) return;
    this.ackedSequence = sequence;
    this.attempt('spool-write-failed', () => { this.segments.drop(sequence); });
  }

  /** Resolves when what was appended so far is written. While the disk refuses nobody waits: it is kept in memory. */
  flushed(): Promise<void> {
    if (this.queue.length === 0 || this.refusing) return Promise.resolve();
    return new Promise((resolve) => { this.waiting.push(resolve); });
  }

  /** Writes what waits, now; while the disk refuses the next try comes by itself. */
  flushNow(): void { if (!this.refusing) this.flush(); }

  /** Writes what waits, now. Returns false when the disk refused. */
  flush(): boolean {
    this.flushing = false;
    const done = this.writeBatch();
    for (const resolve of this.waiting.splice(0)) resolve();
    return done;
  }

  private writeBatch(): boolean {
    const batch = this.queue;
    if (batch.length === 0) return true;
    this.queue = [];
    let starts: number[] = [];
    if (!this.attempt('spool-write-failed', () => { starts = this.segments.write(batch); })) {
      this.refuse(batch);
      return false;
    }
    if (this.refusing) this.options.report('spool-writes-again', `${batch.length} lines were waiting`);
    this.refusing = this.isReported = false;
    const before = this.writtenSequence;
    for (const [index, pending] of batch.entries()) this.accept(pending, starts[index]!, starts[index + 1]!);
    if (this.segments.bytes >= (this.options.segmentBytes ?? SEGMENT_BYTES)) this.attempt('spool-write-failed', () => { this.segments.roll(); });
    if (this.writtenSequence > before) this.onRecords();
    return true;
  }

  /** Against a power cut, without waiting for the next second. */
  sync(): void { this.segments.sync(); }

  /** Writes what waits and stops. The files stay. */
  close(): void {
    this.flush();
    this.stopSync();
    this.segments.close();
  }

  private append(pending: Pending): void {
    this.queue.push(pending);
    if (this.flushing || this.refusing) return;
    this.flushing = true;
    this.options.timing.soon(() => { this.flush(); });
  }

  private accept({ kind, chargeId, sequence, decide }: Pending, start: number, end: number): void {
    if (sequence !== undefined) {
      this.writtenSequence = sequence;
      this.segments.recorded(chargeId, start);
    } else if (chargeId !== undefined) {
      if (decide) this.segments.reserved(chargeId, start, end - start);
      else this.segments.told(chargeId, kind, start, end - start);
    }
    decide?.(true);
  }

  // Reservations are turned away; everything else has already happened and waits in memory for the disk.
  private refuse(batch: readonly Pending[]): void {
    this.refusing = true;
    this.queue = [...batch, ...this.queue].filter((pending) => {
      pending.decide?.(false);
      return !pending.decide && pending.kind !== 'S';
    });
    this.options.timing.after(RETRY_MS, () => {
      // Nothing to write would prove nothing: a mark is tried, so that the spool knows when there is room again.
      this.queue.unshift({ kind: 'S', key: String(this.writtenSequence), json: '{}' });
      this.flush();
    });
  }

  private attempt(fault: string, work: () => void): boolean {
    try { work(); return true; } catch (error) {
      if (!this.isReported) this.options.report(fault, String(error));
      this.isReported = true;
      return false;
    }
  }
}
