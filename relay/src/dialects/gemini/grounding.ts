/** Where an answer rests on something, in this dialect's words: chunks of sources, and stretches of the text that they support. */
import type { Citation, Json, JsonObject } from '../chat-event.ts';
import { text, wire } from '../json-member.ts';
import { given, givenList, givenNumber, givenText } from './given.ts';

/** How far into a text they point, in bytes. */
export const reach = (grounds: { [member: string]: Json }): number =>
  Math.max(0, ...givenList(grounds['groundingMetadata'], 'groundingSupports').map((support) => givenNumber(given(support, 'segment'), 'endIndex') ?? 0));

/** Offsets here are bytes of the text; neutral ones are code points (dialects 6.6). */
export function citationsOf(grounds: { [member: string]: Json }, said: string): Citation[] {
  const bytes = Buffer.from(said);
  const at = (offset: number): number => Array.from(bytes.toString('utf8', 0, Math.max(0, offset))).length;
  const grounding = grounds['groundingMetadata'];
  const sources = givenList(grounding, 'groundingChunks').map((chunk) => given(chunk, 'web') ?? given(chunk, 'retrievedContext'));
  const supported = givenList(grounding, 'groundingSupports').flatMap((support) => {
    const segment = given(support, 'segment');
    const place = { start: at(givenNumber(segment, 'startIndex') ?? 0), end: at(givenNumber(segment, 'endIndex') ?? 0), quote: givenText(segment, 'text') };
    return givenList(support, 'groundingChunkIndices').flatMap((index) => cited(sources[Number(index)], place));
  });
  // Sources without a stretch still were read.
  const loose = supported.length ? [] : sources.flatMap((source) => cited(source, { start: 0, end: 0, quote: undefined }));
  const metadata = grounds['citationMetadata'];
  const listed = [...givenList(metadata, 'citations'), ...givenList(metadata, 'citationSources')].flatMap((one) =>
    cited(one, { start: at(givenNumber(one, 'startIndex') ?? 0), end: at(givenNumber(one, 'endIndex') ?? 0), quote: undefined }));
  return [...supported, ...loose, ...listed];
}

function cited(source: Json | undefined, { start, end, quote }: { start: number; end: number; quote: string | undefined }): Citation[] {
  const url = text(given(source, 'uri'));
  return url === undefined ? [] : [{ kind: 'url', url, title: givenText(source, 'title'), quote, start, end }];
}

/** The citations of all texts of an answer, as of one text; undefined: there are none. */
export function writeGrounding(texts: readonly { said: string; citations: readonly Citation[] }[]): JsonObject | undefined {
  const chunks: JsonObject[] = [], supports: JsonObject[] = [];
  const known = new Map<string, number>();
  let before = 0;
  for (const { said, citations } of texts) {
    const points = citations.length ? Array.from(said) : [];
    const bytesTo = (offset: number): number => before + Buffer.byteLength(points.slice(0, offset).join(''));
    for (const { url, title, quote, start, end } of citations) {
      // A document has no address, but a name.
      const mark = url ?? title;
      if (mark === undefined) continue;
      let chunk = known.get(mark);
      if (chunk === undefined) {
        known.set(mark, chunk = chunks.length);
        chunks.push(url === undefined ? { retrievedContext: wire({ title, text: quote }) } : { web: wire({ uri: url, title }) });
      }
      if (end > start) supports.push({ segment: { startIndex: bytesTo(start), endIndex: bytesTo(end), text: points.slice(start, end).join('') }, groundingChunkIndices: [chunk] });
    }
    before += Buffer.byteLength(said);
  }
  return chunks.length ? wire({ groundingChunks: chunks, groundingSupports: supports.length ? supports : undefined }) : undefined;
}
