/** What of an answer is text that the model wrote: found in the bytes by the members that carry it, without building objects. */
import { JsonCursor, type Span } from '../framing/json-cursor.ts';
import { TextMeter } from './text-meter.ts';

const names = new Set(['content', 'reasoning_content', 'reasoning', 'refusal', 'arguments', 'text', 'thinking', 'partial_json']);
const delta = Buffer.from('"delta"');
const toolUse = Buffer.from('"tool_use"');
const colon = 0x3a;
/** Semantics 1.10: what a tool call costs beyond its arguments. */
const perToolCall = 7;

export class ReceivedText {
  private readonly meter = new TextMeter();
  private toolCalls = 0;

  get tokens(): number { return this.meter.tokens + this.toolCalls * perToolCall; }

  /** Events of a stream, in whole: what grows stands in members named `delta`, in both dialects. */
  addEvents(bytes: Buffer): void {
    for (let at = bytes.indexOf(delta); at >= 0; at = bytes.indexOf(delta, at)) {
      at += delta.length;
      this.walk(bytes, at);
    }
    for (let at = bytes.indexOf(toolUse); at >= 0; at = bytes.indexOf(toolUse, at + 1)) this.toolCalls++;
  }

  /** A JSON answer, or as much of it as came. */
  addBody(bytes: Buffer): void {
    const cursor = this.cursor(bytes);
    cursor.space();
    cursor.value(0);
  }

  private walk(bytes: Buffer, at: number): void {
    const cursor = this.cursor(bytes);
    cursor.at = at;
    cursor.space();
    if (bytes[cursor.at] !== colon) return;
    cursor.at++;
    cursor.space();
    cursor.value(0);
  }

  private cursor(bytes: Buffer): JsonCursor {
    const cursor = new JsonCursor(bytes);
    cursor.onString = (start: number, end: number, member: Span): void => {
      const name = bytes.toString('latin1', member.start + 1, member.end - 1);
      if (names.has(name)) this.meter.add(bytes, start, end);
      else if (name === 'name') this.toolCalls++;
    };
    return cursor;
  }
}
