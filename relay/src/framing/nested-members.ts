/** Finds members that lie deeper in a JSON document, by their way, without building anything. */
import { JsonCursor, type Span } from './json-cursor.ts';
import { memberName } from './member-name.ts';

/** Names that a member may have at one step, or `*`: every element of a list; an object in the place of a list is its only element. */
export type Step = readonly string[] | '*';

/**
 * Where the values stand at the end of a way. Nothing is found where the document goes another way.
 *
 * @param bytes JSON that was walked before
 */
export function nestedMembers(bytes: Buffer, way: readonly Step[]): Span[] {
  const start = bytes.indexOf(openBrace);
  let spans: Span[] = start < 0 ? [] : [{ start, end: bytes.length }];
  for (const step of way) spans = spans.flatMap((span) => (step === '*' ? elementsOf(bytes, span) : membersOf(bytes, span, step)));
  return spans;
}

const openBrace = 0x7b, openBracket = 0x5b;

function membersOf(bytes: Buffer, { start }: Span, names: readonly string[]): Span[] {
  if (bytes[start] !== openBrace) return [];
  const nameOf = memberName(names), found: Span[] = [];
  new JsonCursor(bytes, start).object(1, (key, value) => { if (nameOf(bytes, key) !== undefined) found.push(value); });
  return found;
}

function elementsOf(bytes: Buffer, span: Span): Span[] {
  if (bytes[span.start] === openBrace) return [span];
  if (bytes[span.start] !== openBracket) return [];
  const cursor = new JsonCursor(bytes, span.start), found: Span[] = [];
  cursor.onElement = (list, start, end) => { if (list === span.start) found.push({ start, end }); };
  cursor.value(0);
  return found;
}
