/** What a text rests on, as annotations (dialects 6.6). Of documents this dialect knows nothing. */
import type { Citation, Json, JsonObject } from '../chat-event.ts';
import { list, member, text, wire } from '../json-member.ts';

export function readAnnotations(annotations: Json | undefined): Citation[] {
  return list(annotations).flatMap((each) => {
    const cited = member(each, 'url_citation');
    const url = text(member(cited, 'url'));
    if (url === undefined) return [];
    return [{ kind: 'url' as const, url, title: text(member(cited, 'title')), start: offset(member(cited, 'start_index')), end: offset(member(cited, 'end_index')) }];
  });
}

const offset = (value: Json | undefined): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);

/** @param shift code points of the message before the part that the citations belong to */
export function writeAnnotations(citations: readonly Citation[], shift: number): JsonObject[] {
  return citations.flatMap(({ url, title, start, end }) => (url === undefined ? []
    : [{ type: 'url_citation', url_citation: wire({ url, title: title ?? '', start_index: end > start ? start + shift : 0, end_index: end > start ? end + shift : 0 }) }]));
}
