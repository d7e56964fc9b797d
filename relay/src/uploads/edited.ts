import type { Edit } from '../framing/splice.ts';

/** The pieces of one text with some places replaced. Places lie inside the text and do not overlap. */
export async function* edited(pieces: AsyncIterable<Buffer>, edits: readonly Edit[]): AsyncGenerator<Buffer> {
  const waiting = edits.toSorted((a, b) => a.start - b.start);
  let at = 0;
  for await (const piece of pieces) {
    let from = 0;
    while (waiting[0] && waiting[0].start < at + piece.length) {
      const { start, end, text } = waiting[0];
      if (start >= at + from) yield Buffer.concat([piece.subarray(from, start - at), Buffer.from(text)]);
      from = Math.min(piece.length, Math.max(from, end - at));
      if (end > at + piece.length) break;
      waiting.shift();
    }
    if (from < piece.length) yield piece.subarray(from);
    at += piece.length;
  }
}
