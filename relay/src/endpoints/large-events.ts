/**
 * Follows a stream whose events may be megabytes each (pictures, sound in base64): of its bytes only what stands behind a few short
 * words is looked at, wherever it stands in its event, and nothing else is kept.
 */
import type { AnswerReport, AnswerWatch } from '../dialects/dialect.ts';
import { isObject } from '../dialects/json-member.ts';
import type { Json } from '../dialects/chat-event.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import { JsonCursor } from '../framing/json-cursor.ts';
import { valueOf } from '../framing/json-scan.ts';
import { readEndpointUsage } from './endpoint-usage.ts';

/** A usage or an error object is smaller. */
const mostBytes = 4_096;
const colon = 0x3a;

export class LargeEventsWatch implements AnswerWatch {
  private readonly hook: UsageHook | undefined;
  private readonly ends: readonly Buffer[];
  private readonly counts: boolean;
  private readonly usage = new ValueBehind(Buffer.from('"usage"'));
  private readonly error = new ValueBehind(Buffer.from('"error"'));
  private finished = 0;
  private tail: Buffer = Buffer.alloc(0);

  /** @param ends the types of the events that complete something, one of them the whole; `counts`: each of them is a thing that was made */
  constructor(ends: readonly string[], hook: UsageHook | undefined, counts = false) {
    this.ends = ends.map((end) => Buffer.from(`"${end}"`));
    this.hook = hook;
    this.counts = counts;
  }

  see(chunk: Buffer): void {
    this.usage.see(chunk);
    this.error.see(chunk);
    const longest = Math.max(...this.ends.map((end) => end.length));
    const bytes = this.tail.length ? Buffer.concat([this.tail, chunk]) : chunk;
    for (const end of this.ends) {
      // A word that ends inside the tail was counted with the chunk before.
      for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at + 1)) if (at + end.length > this.tail.length) this.finished++;
    }
    this.tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - longest)));
  }

  report(): AnswerReport {
    const usage = this.usage.value;
    const tokens = readEndpointUsage((member) => (member === 'usage' ? usage : undefined), this.hook);
    const error = this.error.value;
    const failure = isObject(error) || typeof error === 'string' ? new Failure('answer_cut', { note: JSON.stringify(error).slice(0, 500) }) : undefined;
    return { tokens, begun: undefined, complete: this.finished > 0 && !failure, receivedTokens: 0, failure, ...(this.counts ? { made: this.finished } : {}) };
  }
}

/** The value of the last member of a name, wherever in the stream it stands and however it was cut. */
class ValueBehind {
  private readonly name: Buffer;
  private held: Buffer = Buffer.alloc(0);
  private found: Buffer | undefined;

  constructor(name: Buffer) { this.name = name; }

  get value(): Json | undefined { return this.found && read(this.found, this.name.length); }

  see(chunk: Buffer): void {
    const bytes = this.held.length ? Buffer.concat([this.held, chunk]) : chunk;
    const at = bytes.lastIndexOf(this.name);
    if (at >= 0) this.found = Buffer.from(bytes.subarray(at, at + mostBytes));
    else if (this.found && this.found.length < mostBytes) this.found = Buffer.concat([this.found, chunk.subarray(0, mostBytes - this.found.length)]);
    this.held = Buffer.from(bytes.subarray(Math.max(0, bytes.length - this.name.length + 1)));
  }
}

function read(bytes: Buffer, from: number): Json | undefined {
  const cursor = new JsonCursor(bytes, from);
  cursor.space();
  if (bytes[cursor.at] !== colon) return undefined;
  cursor.at++;
  cursor.space();
  const start = cursor.at;
  return cursor.value(0) ? valueOf(bytes, { start, end: cursor.at }) : undefined;
}
