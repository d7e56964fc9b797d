/** What of an answer is text that the model wrote: found in the bytes by the members that carry it, without building objects. */
import { JsonCursor, type Span } from '../../framing/json-cursor.ts';
import { memberName } from '../../framing/member-name.ts';
import { TextMeter } from './text-meter.ts';

const nameOf = memberName(['content', 'reasoning_content', 'reasoning', 'refusal', 'arguments', 'text', 'thinking', 'partial_json', 'name']);
const delta = Buffer.from('"delta"');
const colon = 0x3a, quote = 0x22;
/** Semantics 1.10: what a tool call costs beyond its arguments. */
const perToolCall = 7;

export class ReceivedText {
  private readonly meter = new TextMeter();
  private readonly callMark: Buffer | undefined;
  private readonly textMark: Buffer;
  private toolCalls = 0;
  /** The delta is the text itself (openai-responses). */
  private plain = false;

  /**
   * @param callMark stands once in the events of each tool call, where the deltas do not name it; undefined: they do
   * @param textMark the member that holds what grows; both with their quotes
   */
  constructor(callMark?: Buffer, textMark: Buffer = delta) {
    this.callMark = callMark;
    this.textMark = textMark;
  }

  get tokens(): number { return this.meter.tokens + this.toolCalls * perToolCall; }

  /** Events of a stream, in whole: what grows stands in members named `delta`, in every dialect of chat. */
  addEvents(bytes: Buffer): void {
    this.pickUp();
    eachPlace(bytes, this.textMark, (end) => { this.walk(bytes, end); });
    putDown();
    if (this.callMark) eachPlace(bytes, this.callMark, () => { this.toolCalls++; });
  }

  /** The count as if these events had come too. */
  with(bytes: Buffer): number {
    const both = new ReceivedText(this.callMark, this.textMark);
    both.meter.copy(this.meter);
    both.toolCalls = this.toolCalls;
    both.addEvents(bytes);
    return both.tokens;
  }

  /** A JSON answer, or as much of it as came. */
  addBody(bytes: Buffer): void {
    this.plain = false;
    this.pickUp();
    cursor.restart(bytes, 0);
    cursor.space();
    cursor.value(0);
    putDown();
  }

  private walk(bytes: Buffer, at: number): void {
    cursor.restart(bytes, at);
    cursor.space();
    if (bytes[cursor.at] !== colon) return;
    cursor.at++;
    cursor.space();
    this.plain = bytes[cursor.at] === quote;
    cursor.value(0);
  }

  private pickUp(): void { cursor.onString = (start, end, member) => this.take(start, end, member); }

  private take(start: number, end: number, member: Span): void {
    const { bytes } = cursor;
    if (this.plain) { this.meter.add(bytes, start, end); return; }
    const name = nameOf(bytes, member);
    if (name === 'name') this.toolCalls++;
    else if (name !== undefined) this.meter.add(bytes, start, end);
  }
}

/** One for all: it is moved and left within one call, and thousands of streams that wait need none. */
const nothing = Buffer.alloc(0), cursor = new JsonCursor(nothing);

function putDown(): void {
  cursor.onString = undefined;
  cursor.restart(nothing, 0);
}

/** Searches for a quoted mark by what stands behind its first quote: JSON is full of quotes, and each would stop the search. */
function eachPlace(bytes: Buffer, mark: Buffer, found: (end: number) => void): void {
  const inside = mark.subarray(1);
  for (let at = bytes.indexOf(inside); at >= 0; at = bytes.indexOf(inside, at + inside.length)) {
    if (bytes[at - 1] === quote) found(at + inside.length);
  }
}
