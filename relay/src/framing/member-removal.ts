/** Takes members out of an object, and no other byte. */
import type { Span } from './json-cursor.ts';
import type { Edit } from './splice.ts';

const comma = 0x2c, quote = 0x22, backslash = 0x5c, colon = 0x3a;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** @param values of members of one object, in JSON that was walked before; neighbours may go together */
export function memberRemovals(bytes: Buffer, values: readonly Span[]): Edit[] {
  const edits: Edit[] = [];
  for (const value of [...values].sort((a, b) => a.start - b.start)) {
    const start = nameStart(bytes, value.start);
    const behind = skip(bytes, value.end, 1);
    const isLast = bytes[behind] !== comma;
    const end = isLast ? value.end : skip(bytes, behind + 1, 1);
    const before = edits.at(-1);
    const edit = before?.end === start ? before : { start, end, text: '' };
    edit.end = end;
    // At the end of the object, the comma before what goes has nothing to part any more.
    if (isLast) edit.start = withComma(bytes, edit.start);
    if (edit !== before) edits.push(edit);
  }
  return edits;
}

function withComma(bytes: Buffer, start: number): number {
  const before = skip(bytes, start - 1, -1);
  return bytes[before] === comma ? before : start;
}

function nameStart(bytes: Buffer, valueStart: number): number {
  let at = skip(bytes, valueStart - 1, -1);
  if (bytes[at] === colon) at = skip(bytes, at - 1, -1);
  // Behind the name's closing quote, back to its opening one.
  for (at--; at > 0; at--) if (bytes[at] === quote && bytes[at - 1] !== backslash) return at;
  return at;
}

function skip(bytes: Buffer, from: number, step: 1 | -1): number {
  let at = from;
  while (isSpace(bytes[at])) at += step;
  return at;
}
