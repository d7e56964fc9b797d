/** Cuts a passing stream into whole events, byte by byte the same, so that single ones can be changed or left out. */
import type { AnswerEditor } from '../dialect.ts';

export interface EventEdit {
  /** The event, perhaps changed, or undefined to leave it out. It includes its blank line. */
  edit(event: Buffer): Buffer | undefined;
  /** An event that grows above this is none of those that are edited. */
  readonly holdBytes: number;
  /** Whether nothing in these whole events can need an edit: the quick answer for most chunks. */
  skim(events: Buffer): boolean;
  /** Whether an event that begins like this may need an edit. If not, it passes while it still grows. */
  mayEdit?(beginning: Buffer): boolean;
  /** What is missing behind the last event. */
  atEnd?(): Buffer[];
}

const lf = 0x0a, cr = 0x0d;

export class EventEditor implements AnswerEditor {
  private readonly edits: EventEdit;
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** The present event was let go; its rest passes too. */
  private passing = false;
  private lineBytes = 0;
  private afterCr = false;
  /** The last event ended with a CR: a LF behind it shares its fate. */
  private tail: 'passes' | 'left out' | undefined;

  constructor(edits: EventEdit) { this.edits = edits; }

  push(chunk: Buffer): Buffer[] {
    if (this.atStart() && chunk.at(-1) === lf && chunk.at(-2) === lf && this.edits.skim(chunk)) return [chunk];
    const out: Buffer[] = [];
    let start = this.endTail(chunk, out);
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      const second = byte === lf && this.afterCr;
      if (byte !== lf && byte !== cr) this.lineBytes++;
      else if (!second && this.lineBytes > 0) this.lineBytes = 0;
      else if (!second) {
        if (byte === cr && chunk[at + 1] === lf) at++;
        this.finish(chunk.subarray(start, at + 1), out);
        start = at + 1;
      }
      this.afterCr = chunk[at] === cr;
    }
    if (start < chunk.length) this.grow(chunk.subarray(start), out);
    return out;
  }

  end(): Buffer[] {
    const out: Buffer[] = [];
    if (this.heldBytes) this.finish(Buffer.alloc(0), out);
    return this.edits.atEnd ? [...out, ...this.edits.atEnd()] : out;
  }

  private atStart(): boolean {
    return this.heldBytes === 0 && !this.passing && this.lineBytes === 0 && !this.afterCr;
  }

  private endTail(chunk: Buffer, out: Buffer[]): number {
    if (!this.tail || !chunk.length) return 0;
    const shared = chunk[0] === lf;
    if (shared && this.tail === 'passes') out.push(chunk.subarray(0, 1));
    this.tail = undefined;
    this.afterCr = false;
    return shared ? 1 : 0;
  }

  private finish(last: Buffer, out: Buffer[]): void {
    const event = this.heldBytes ? Buffer.concat([...this.held, last]) : last;
    const edited = this.passing ? event : this.edits.edit(event);
    if (edited) out.push(edited);
    if (event[event.length - 1] === cr) this.tail = edited ? 'passes' : 'left out';
    this.passing = false;
    this.held = [];
    this.heldBytes = 0;
    this.lineBytes = 0;
  }

  private grow(piece: Buffer, out: Buffer[]): void {
    if (this.passing) { out.push(piece); return; }
    this.held.push(piece);
    this.heldBytes += piece.length;
    if (this.heldBytes <= this.edits.holdBytes && (!this.edits.mayEdit || this.edits.mayEdit(this.beginning()))) return;
    out.push(...this.held);
    this.held = [];
    this.heldBytes = 0;
    this.passing = true;
  }

  private beginning(): Buffer {
    if (this.held.length > 1) this.held = [Buffer.concat(this.held)];
    return this.held[0]!;
  }
}
