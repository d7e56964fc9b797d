/**
 * Looks through a stream that passes as bytes for an error that must not pass: words about our key, or what shows a key or a machine of the
 * provider (dialects 9.3, SEC-07). Every other byte goes on as it came. Events without the word cost one search.
 */
import { isObject, member, parseJson, text } from '../../dialects/json-member.ts';
import { hiddenBreak } from '../../dialects/upstream-refusal.ts';
import { Failure } from '../../failure/failure.ts';
import { eventEndAfter, eventEndBefore } from '../../framing/sse-search.ts';

const mark = Buffer.from('"error"');
const nullMember = /^\s*:\s*null\b/;
/** Longer events are no errors. */
const longest = 64 << 10;
const nothing = Buffer.alloc(0);

export const mayTellError = (chunk: Buffer): boolean => suspicion(chunk, 0) >= 0;

export class ToldError {
  /** The beginning of an event that may be one. */
  private held = nothing;
  /** What takes the place of the error; the bytes before it have passed. */
  failure: Failure | undefined;

  /** @returns what goes on now */
  pass(chunk: Buffer): Buffer {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = nothing;
    return this.judged(bytes, false);
  }

  /** Where the stream ends in the middle of it. */
  rest(): Buffer {
    const bytes = this.held;
    this.held = nothing;
    return bytes.length === 0 ? bytes : this.judged(bytes, true);
  }

  private judged(bytes: Buffer, last: boolean): Buffer {
    for (let at = suspicion(bytes, 0); at >= 0;) {
      const start = eventEndBefore(bytes, at), end = eventEndAfter(bytes, at), whole = last || end < bytes.length || eventEndBefore(bytes, end) === end;
      if (!whole && bytes.length - start <= longest) { this.held = Buffer.from(bytes.subarray(start)); return bytes.subarray(0, start); }
      this.failure = hiddenIn(bytes.toString('utf8', start, end));
      if (this.failure) return bytes.subarray(0, start);
      at = suspicion(bytes, end);
    }
    return bytes;
  }
}

/** The word, where it is not the name of a member that is null. */
function suspicion(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    if (!nullMember.test(bytes.toString('latin1', at + mark.length, at + mark.length + 16))) return at;
  }
  return -1;
}

/** Undefined: it is no error, or one that anybody may read. */
function hiddenIn(event: string): Failure | undefined {
  const data = event.split(/\r\n|[\r\n]/).flatMap((line) => (line.startsWith('data:') ? [line.slice('data:'.length)] : [])).join('\n'), said = parseJson(data);
  // Its beginning passed already, or it is none: then only what nobody may read is looked for.
  if (!isObject(said)) return hiddenBreak('', [], event);
  const inside = isObject(said['error']) ? said['error'] : member(said['response'], 'error'), error = isObject(inside) ? inside : said['type'] === 'error' ? said : undefined;
  if (!error) return undefined;
  return hiddenBreak(text(error['message']) ?? '', [error['code'], error['status'], error['type']].flatMap((word) => text(word) ?? []), event);
}
