import type { Span } from './json-cursor.ts';

export interface Edit extends Span { text: string }

/** The bytes with some places replaced (an empty place: inserted). Places do not overlap; everything else stays as it is. */
export function splice(bytes: Buffer, edits: readonly Edit[]): Buffer {
  const pieces: Buffer[] = [];
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    pieces.push(bytes.subarray(done, edit.start), Buffer.from(edit.text));
    done = edit.end;
  }
  pieces.push(bytes.subarray(done));
  return Buffer.concat(pieces);
}
