/**
 * Ships records to the ledger, in order and again until they are acknowledged (decision 0002, Money). A batch that arrives twice
 * is harmless, so every doubt is answered by sending again from the last acknowledgement.
 */
import type { UsageAck } from '../gql/types.gen.ts';
import type { Timing } from '../quota/timing.ts';
import { crashPoint } from '../trace/crash-point.ts';
import type { RecordSource } from './record-source.ts';

const BATCH = 256;
/** Sent and not yet acknowledged: enough to fill the line, little enough to send again. */
const WINDOW = 8 * BATCH;
/** A request shows in the live log soon, and a busy relay signs one batch for many. */
const GATHER_MS = 20;
const STALLED_MS = 5_000;
const RETRY_MS = 250;
const comma = Buffer.from(','), end = Buffer.from(']}');

export interface ShipperOptions {
  readonly relayId: string;
  readonly source: RecordSource;
  readonly timing: Timing;
  /** Takes the JSON of a UsageBatch. True: the carrier has it. False: it may be lost. Never rejects. */
  readonly append: (batch: Buffer) => Promise<boolean>;
  readonly report: (event: string, detail: string) => void;
  /** The source still grows: then an acknowledgement ahead of it is a fault, not news, and nothing is forgotten for it. */
  readonly isRunning: boolean;
}

export class Shipper {
  private readonly options: ShipperOptions;
  private sent: number;
  private progressAt: number;
  private rewoundAt = -Infinity;
  private gathering = false;
  /** What the last acknowledgement without progress named. */
  private doubt: number | undefined;
  /** Nothing is sent until the next try. */
  private isBroken = false;
  /** The last try failed. */
  private isProbing = false;
  private isAhead = false;
  private closed = false;

  constructor(options: ShipperOptions) {
    this.options = options;
    this.sent = options.source.acked;
    this.progressAt = options.timing.monotonic();
  }

  get isDone(): boolean { return this.options.source.acked >= this.options.source.written; }

  /** There are new records. */
  wake(): void {
    if (this.gathering || this.closed || this.sent >= this.options.source.written) return;
    this.gathering = true;
    this.options.timing.after(GATHER_MS, () => {
      this.gathering = false;
      this.pump('all');
    });
  }

  acked({ epoch, sequence }: UsageAck): void {
    const { source, timing } = this.options;
    if (epoch !== source.epoch) return;
    if (sequence > source.written) { this.wentAhead(sequence); return; }
    if (sequence > source.acked) {
      crashPoint('before-ack');
      source.ack(sequence);
      this.progressAt = timing.monotonic();
      this.sent = Math.max(this.sent, sequence);
      this.doubt = undefined;
    } else if (this.sent > source.acked) {
      this.doubt = sequence;
      this.startAgain();
    }
    this.pump('full');
    this.wake();
  }

  /** The connection changed: what was on the way when it broke may be lost. */
  connection(connected: boolean): void {
    this.isBroken = !connected;
    if (connected) this.rewind();
  }

  /** Time passes: call it some ten times a second. */
  tick(): void {
    const { source, timing } = this.options;
    if (this.doubt !== undefined) this.startAgain();
    else if (this.sent > source.acked && timing.monotonic() - this.progressAt >= STALLED_MS) this.rewind();
    else this.wake();                                    // what could not be read waits for nobody else's record
  }

  /** Ships what is there without gathering more. */
  hurry(): void { this.pump('all'); }

  close(): void { this.closed = true; }

  // More was committed than the files hold: a power cut took the end of them. What they hold is committed all the more.
  private wentAhead(sequence: number): void {
    const { source, report } = this.options;
    if (!this.isAhead) report('ack-ahead', `epoch ${source.epoch}: acknowledged ${sequence}, written ${source.written}`);
    this.isAhead = true;
    if (!this.options.isRunning) source.ack(source.written);
  }

  // An acknowledgement without progress means a gap: the ledger says where to begin again. Each batch behind the gap brings one,
  // and one new start is enough for all.
  private startAgain(): void {
    const { source, timing, report } = this.options;
    if (this.doubt === undefined || timing.monotonic() - this.rewoundAt < RETRY_MS) return;
    // Behind what was acknowledged before: late news, or a ledger restored from a backup. Shipping from there helps the one and
    // does no harm to the other; what the spool has forgotten goes as empty records, so that the rest is not held up.
    if (this.doubt < source.acked) report('ack-behind', `epoch ${source.epoch}: ${this.doubt}, forgotten up to ${source.acked}`);
    this.rewind(Math.min(this.doubt, source.acked));
  }

  private rewind(to = this.options.source.acked): void {
    this.rewoundAt = this.progressAt = this.options.timing.monotonic();
    this.sent = to;
    this.doubt = undefined;
    this.pump('all');
  }

  /** @param what 'full': a batch that is not full waits for the gathering to end, so that acknowledgements do not make batches small */
  private pump(what: 'full' | 'all'): void {
    const { source, timing } = this.options;
    if (this.sent === source.acked) this.progressAt = timing.monotonic();
    const window = this.isProbing ? BATCH : WINDOW;
    while (!this.closed && !this.isBroken && this.sent < source.written && this.sent - source.acked < window) {
      if (what === 'full' && source.written - this.sent < BATCH) return;
      const records = source.read(this.sent + 1, BATCH);
      if (records.length === 0) return;
      this.sent += records.length;
      void this.send(this.batchOf(records));
    }
  }

  private batchOf(records: readonly Buffer[]): Buffer {
    const { relayId, source } = this.options;
    const pieces: Buffer[] = [Buffer.from(`{"relayId":${JSON.stringify(relayId)},"epoch":${source.epoch},"forms":${source.forms ?? '{}'},"records":[`)];
    for (const record of records) pieces.push(record, comma);
    pieces[pieces.length - 1] = end;
    return Buffer.concat(pieces);
  }

  // While the carrier refuses only the first batch is tried again, four times a second.
  private async send(batch: Buffer): Promise<void> {
    const isThere = await this.options.append(batch);
    if (this.closed || this.isBroken) return;
    this.isProbing = !isThere;
    if (isThere) { this.wake(); return; }
    this.isBroken = true;
    this.options.timing.after(RETRY_MS, () => {
      this.isBroken = false;
      this.rewind();
    });
  }
}
