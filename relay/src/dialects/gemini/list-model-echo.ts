/** Sets the model name back in a stream that comes as one list: its elements are changed when they are whole. */
import { splice } from '../../framing/splice.ts';
import type { AnswerEditor } from '../dialect.ts';
import type { ModelPlace } from '../answer/model-echo.ts';

const quote = 0x22, backslash = 0x5c, openBrace = 0x7b, closeBrace = 0x7d;

export class ListModelEcho implements AnswerEditor {
  private readonly text: string;
  private readonly place: ModelPlace;
  private element: Buffer[] = [];
  private depth = 0;
  private inString = false;
  private escaped = false;

  constructor(name: string, place: ModelPlace) {
    this.text = JSON.stringify(name);
    this.place = place;
  }

  push(chunk: Buffer): Buffer[] {
    const out: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const before = this.depth;
      this.step(chunk[at]!);
      // What stands between elements passes at once.
      if (before === 0 && this.depth === 1) { if (at > start) out.push(chunk.subarray(start, at)); start = at; }
      if (before !== 1 || this.depth !== 0) continue;
      out.push(this.edited(chunk.subarray(start, at + 1)));
      start = at + 1;
    }
    const rest = chunk.subarray(start);
    if (this.depth > 0) this.element.push(rest); else if (rest.length) out.push(rest);
    return out;
  }

  end(): Buffer[] { return this.element.splice(0); }

  private edited(last: Buffer): Buffer {
    const element = Buffer.concat([...this.element.splice(0), last]);
    const found = this.place(element);
    return found ? splice(element, [{ ...found, text: this.text }]) : element;
  }

  private step(byte: number): void {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) this.inString = false;
    } else if (byte === quote) this.inString = this.depth > 0;
    else if (byte === openBrace) this.depth++;
    else if (byte === closeBrace && this.depth > 0) this.depth--;
  }
}
