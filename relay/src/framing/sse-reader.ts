/**
 * https://html.spec.whatwg.org/multipage/server-sent-events.html, from bytes. Left out: `id` and `retry`, which no dialect uses,
 * and the rule that an event without its blank line is lost: several providers end so (providers 1.3).
 */
import { Failure } from '../failure/failure.ts';
import type { Frame } from './frame.ts';

const lf = 0x0a, cr = 0x0d;
const mark = Buffer.from([0xef, 0xbb, 0xbf]), empty = Buffer.alloc(0);

/** One answer's events. `push` takes pieces as they come; how they are cut makes no difference to the events. */
export class SseReader {
  private readonly capBytes: number;
  /** The pieces of the line that has not ended. They are joined once, when it ends. */
  private line: Buffer[] = [];
  private eventBytes = 0;
  private event: string | undefined;
  private data: string[] = [];
  private first = true;
  private afterCr = false;
  private overflow: Failure | undefined;

  /** @param capBytes pictures and sound are one event (providers 1.3) */
  constructor(capBytes = 64 << 20) { this.capBytes = capBytes; }

  /** Failure: an event is larger than the cap. It is final. */
  push(chunk: Buffer): Frame[] | Failure {
    const frames: Frame[] = [];
    if (!this.afterCr && chunk.indexOf(cr) < 0) return this.pushPlain(chunk, frames);
    let start = 0;
    for (let at = 0; at < chunk.length && !this.overflow; at++) {
      const byte = chunk[at];
      if (byte === lf && this.afterCr) start = at + 1;
      else if (byte === lf || byte === cr) {
        this.keep(chunk.subarray(start, at));
        this.endLine(frames);
        start = at + 1;
      }
      this.afterCr = byte === cr;
    }
    this.keep(chunk.subarray(start));
    return this.overflow ?? frames;
  }

  /** Lines that end in LF alone, as nearly all do: found by a native search. */
  private pushPlain(chunk: Buffer, frames: Frame[]): Frame[] | Failure {
    let start = 0;
    for (let at = chunk.indexOf(lf); at >= 0 && !this.overflow; at = chunk.indexOf(lf, start)) {
      this.keep(at === start ? empty : chunk.subarray(start, at));
      this.endLine(frames);
      start = at + 1;
    }
    if (start < chunk.length) this.keep(start === 0 ? chunk : chunk.subarray(start));
    return this.overflow ?? frames;
  }

  /** The connection ended: an event that only lacks its blank line still counts. */
  end(): Frame[] {
    const frames: Frame[] = [];
    if (this.overflow) return frames;
    if (this.line.length) this.endLine(frames);
    this.dispatch(frames);
    return frames;
  }

  private keep(piece: Buffer): void {
    if (!piece.length) return;
    this.eventBytes += piece.length;
    if (this.eventBytes <= this.capBytes) this.line.push(piece);
    else {
      this.overflow = new Failure('bad_response_body', { note: `an event of more than ${this.capBytes} bytes` });
      this.line = [];
      this.data = [];
    }
  }

  private endLine(frames: Frame[]): void {
    const pieces = this.line;
    if (pieces.length) this.line = [];
    let bytes = pieces.length === 1 ? pieces[0]! : pieces.length ? Buffer.concat(pieces) : empty;
    if (this.first && bytes.subarray(0, 3).equals(mark)) bytes = bytes.subarray(3);
    this.first = false;
    if (!bytes.length) return this.dispatch(frames);
    const line = bytes.toString('utf8');
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.data.push(value);
    else if (name === 'event') this.event = value;
  }

  private dispatch(frames: Frame[]): void {
    if (this.data.length) frames.push({ event: this.event, data: this.data.join('\n') });
    this.event = undefined;
    this.data = [];
    this.eventBytes = 0;
  }
}
