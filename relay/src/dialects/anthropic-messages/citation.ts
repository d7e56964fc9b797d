/** What a text rests on (dialects 6.6). A citation of this dialect covers the block that carries it. */
import type { Citation, Json, JsonObject } from '../chat-event.ts';
import { isObject, text, wire } from '../json-member.ts';

/** @param length code points of the block */
export function readCitation(citation: Json, length: number): Citation | undefined {
  if (!isObject(citation)) return undefined;
  const raw = { dialect: 'anthropic-messages', wire: citation };
  const quote = text(citation['cited_text']), title = text(citation['title']) ?? text(citation['document_title']);
  const url = text(citation['url']) ?? linkOf(text(citation['source']));
  if (url !== undefined) return { kind: 'url', url, title, quote, start: 0, end: length, raw };
  return { kind: 'document', title, quote, fileId: text(citation['file_id']), start: 0, end: length, raw };
}

/** Sources of search results are often addresses. */
const linkOf = (source: string | undefined): string | undefined => (source !== undefined && /^https?:/.test(source) ? source : undefined);

/** Its encrypted index belongs to the provider: there is none for what others found. */
export function writeCitation({ url, title, quote }: Citation, said: string): JsonObject | undefined {
  return url === undefined ? undefined : wire({ type: 'web_search_result_location', url, title: title ?? null, encrypted_index: '', cited_text: quote ?? said.slice(0, 150) });
}
