/** Finds top-level members of a JSON object without parsing what nobody asked for. A 2 MB image costs about 20 µs. */
import type { Json } from './json.ts';
import { JsonCursor, JsonFault, type Span } from './json-cursor.ts';
import { beginsWith, memberName } from './member-name.ts';

export interface Scan {
  /** The offset behind the opening brace. */
  inside: number;
  /** The members found; of a name that stands twice the last one, as parsers read it. */
  members: Map<string, Span>;
  /** Where strings begin (behind the quote) that begin with the mark. */
  marked: readonly number[];
  /** What counted along, where something did. */
  counter: StringCounter | undefined;
}

/** Is told of every string as `JsonCursor.onString` is: one walk over a body serves whoever wants to look at its texts. */
export interface StringCounter {
  text(start: number, end: number, member: Span): void;
  readonly tokens: number;
}

export type MemberScan = (bytes: Buffer) => Scan | JsonFault;

const brace = 0x7b, quote = 0x22, backslash = 0x5c;
/** Of nearly every body, and kept as long as its answer streams. */
const none: readonly number[] = [];

/**
 * Prepared once for each set of names. The whole text is checked, also behind the last name.
 *
 * @param counter makes what counts along, for the bytes of one scan
 */
export function memberScan(names: readonly string[], mark?: string, counter?: (bytes: Buffer) => StringCounter): MemberScan {
  const nameOf = memberName(names);
  const marks = mark === undefined ? undefined : Buffer.from(mark);
  return (bytes) => {
    const cursor = new JsonCursor(bytes);
    cursor.space();
    if (bytes[cursor.at] !== brace) return new JsonFault(cursor.at, 'expected an object');
    const scan: Scan = { inside: cursor.at + 1, members: new Map(), marked: none, counter: counter?.(bytes) };
    if (marks) {
      cursor.onString = (start, end, member) => {
        if (beginsWith(bytes, start, marks)) scan.marked = [...scan.marked, start];
        scan.counter?.text(start, end, member);
      };
    }
    const found = cursor.object(1, (key, value) => {
      const name = nameOf(bytes, key);
      if (name !== undefined) scan.members.set(name, value);
    });
    cursor.space();
    if (found && cursor.at < bytes.length) cursor.fail('text behind the end');
    return cursor.fault ?? scan;
  };
}

/** The value at a place; undefined where it is not JSON after all (the walk is not strict inside long strings). */
export function valueOf(bytes: Buffer, { start, end }: Span): Json | undefined {
  if (bytes[start] === quote && !bytes.subarray(start, end).includes(backslash)) return bytes.toString('utf8', start + 1, end - 1);
  try {
    const value: Json = JSON.parse(bytes.toString('utf8', start, end));
    return value;
  } catch {
    return undefined;
  }
}
