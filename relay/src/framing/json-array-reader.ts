/** RFC 8259, the elements of a list while it arrives: each is told when it is whole. Left out: what elements are is not checked. */
import { Failure } from '../failure/failure.ts';
import type { Frame } from './frame.ts';

const quote = 0x22, backslash = 0x5c, openBrace = 0x7b, closeBrace = 0x7d, openBracket = 0x5b, closeBracket = 0x5d;

/** `push` takes pieces as they come; how they are cut makes no difference. */
export class JsonArrayReader {
  private readonly capBytes: number;
  private element: Buffer[] = [];
  private bytes = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private overflow: Failure | undefined;

  constructor(capBytes = 64 << 20) { this.capBytes = capBytes; }

  /** The list has begun. */
  get begun(): boolean { return this.depth > 0; }

  /** Failure: an element is larger than the cap. It is final. */
  push(chunk: Buffer): Frame[] | Failure {
    const frames: Frame[] = [];
    let start = this.depth > 1 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const before = this.depth;
      this.step(chunk[at]!);
      if (before === 1 && this.depth === 2) start = at;
      if (before !== 2 || this.depth !== 1) continue;
      this.keep(chunk.subarray(start, at + 1));
      frames.push({ event: undefined, data: Buffer.concat(this.element).toString('utf8') });
      this.element = [];
      this.bytes = 0;
      start = -1;
    }
    if (start >= 0) this.keep(chunk.subarray(start));
    return this.overflow ?? frames;
  }

  private step(byte: number): void {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) this.inString = false;
    } else if (byte === quote) this.inString = this.depth > 0;
    else if (byte === openBrace || byte === openBracket) this.depth++;
    else if ((byte === closeBrace || byte === closeBracket) && this.depth > 0) this.depth--;
  }

  private keep(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes <= this.capBytes) this.element.push(Buffer.from(piece));
    else this.overflow = new Failure('bad_response_body', { note: `an element of more than ${this.capBytes} bytes` });
  }
}
