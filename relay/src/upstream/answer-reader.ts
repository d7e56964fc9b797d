import { type AnswerHead, readAnswerHead } from './answer-head.ts';
import { ChunkReader, type ChunkSink } from './chunk-reader.ts';

/** Learns of one answer, in this order: interim heads are skipped, one head, data, one end. After `onBroken` nothing follows. */
export interface AnswerEvents {
  onHead(head: AnswerHead): void;
  onData(chunk: Buffer, last: boolean): void;
  onEnd(): void;
  onBroken(why: string): void;
}

/** Status line and headers together (UPS-09). */
const mostHeadBytes = 65_536;
const mostInterims = 16;
const headEnd = Buffer.from('\r\n\r\n');

/** Cuts one answer out of the bytes of a connection, wherever these are cut. */
export class AnswerReader implements ChunkSink {
  private readonly events: AnswerEvents;
  /** Of the head; undefined: it has not wholly arrived. */
  private framing: AnswerHead['framing'] | undefined;
  /** The head so far, while it has not wholly arrived. */
  private partial: Buffer | undefined;
  private left = 0;
  private interims = 0;
  private chunks: ChunkReader | undefined;
  /** Nothing is expected any more: complete, broken or stopped. */
  private over = false;
  /** Bytes came that belong to no answer: the connection must not be used again. */
  surplus = false;
  /** Any byte came at all. */
  begun = false;

  constructor(events: AnswerEvents) {
    this.events = events;
  }

  push(bytes: Buffer): void {
    this.begun = true;
    let at = 0;
    while (at < bytes.length) {
      if (this.over) { this.surplus = true; return; }
      const next = this.framing ? this.body(bytes, at) : this.readHead(bytes, at);
      if (next < 0) return;
      at = next;
    }
  }

  /** The connection ended after what was pushed. */
  end(): void {
    if (this.over) return;
    if (this.framing === 'close') { this.over = true; this.events.onEnd(); return; }
    this.over = true;
    this.events.onBroken('cut');
  }

  /** No more events, whatever comes. */
  stop(): void {
    this.over = true;
    if (this.chunks) this.chunks.stopped = true;
  }

  private readHead(bytes: Buffer, from: number): number {
    const before = this.partial?.length ?? 0;
    const all = this.partial ? Buffer.concat([this.partial, from ? bytes.subarray(from) : bytes]) : bytes;
    const start = this.partial ? 0 : from;
    const end = all.indexOf(headEnd, Math.max(start, before - 3));
    if ((end < 0 ? all.length : end + 4) - start > mostHeadBytes) return this.broken('the head is too large');
    if (end < 0) {
      // A head that cannot become one is refused now: an upstream that speaks something else may never send an empty line.
      if (!couldBegin(all, start)) return this.broken('not an HTTP/1.1 status line');
      this.partial = Buffer.from(start ? all.subarray(start) : all);
      return bytes.length;
    }
    this.partial = undefined;
    const head = readAnswerHead(all.toString('latin1', start, end + 4));
    if (typeof head === 'string') return this.broken(head);
    const next = from + (end + 4 - start) - before;
    return this.take(head) ? next : -1;
  }

  private take(head: AnswerHead): boolean {
    if (head.status < 200) {
      // 101 was not asked for; one that ends the connection contradicts itself; the others are passed over.
      if (head.status === 101 || !head.reusable || ++this.interims > mostInterims) { this.broken('an interim answer that was not asked for'); return false; }
      return true;
    }
    this.framing = head.framing;
    this.left = head.length;
    if (head.framing === 'chunked') this.chunks = new ChunkReader(this);
    this.events.onHead(head);
    if (head.framing === 'none' && !this.over) this.finish();
    return true;
  }

  private body(bytes: Buffer, at: number): number {
    if (this.chunks) {
      const next = this.chunks.read(bytes, at);
      return next < 0 ? this.broken('the chunked body is malformed') : next;
    }
    const end = this.framing === 'length' ? Math.min(bytes.length, at + this.left) : bytes.length;
    this.left -= end - at;
    const whole = at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end);
    this.data(whole, this.framing === 'length' && this.left === 0);
    return end;
  }

  data(chunk: Buffer, last: boolean): void {
    if (last) this.over = true;
    this.events.onData(chunk, last);
  }

  finish(): void {
    this.over = true;
    this.events.onEnd();
  }

  private broken(why: string): -1 {
    this.over = true;
    this.events.onBroken(why);
    return -1;
  }
}

const opening = Buffer.from('HTTP/1.');

function couldBegin(bytes: Buffer, start: number): boolean {
  const length = Math.min(opening.length, bytes.length - start);
  return bytes.compare(opening, 0, length, start, start + length) === 0;
}
