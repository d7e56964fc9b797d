/** What a text rests on, as annotations of this dialect (dialects 6.6). */
import type { Citation, Json, JsonObject } from '../chat-event.ts';
import { isObject, member, text, wire } from '../json-member.ts';

/** @param shift code points that stand before the text in its neutral part */
export function readAnnotation(annotation: Json | undefined, shift: number): Citation | undefined {
  if (!isObject(annotation)) return undefined;
  const number = (name: string): number => { const value = member(annotation, name); return typeof value === 'number' && value >= 0 ? Math.floor(value) + shift : 0; };
  const raw = { dialect: 'openai-responses', wire: annotation };
  const place = { start: number('start_index'), end: number('end_index') };
  const url = text(annotation['url']), fileId = text(annotation['file_id']), title = text(annotation['title']) ?? text(annotation['filename']);
  if (annotation['type'] === 'url_citation' && url !== undefined) return { kind: 'url', url, title, ...place, raw };
  if (annotation['type'] === 'file_citation' && fileId !== undefined) return { kind: 'file', fileId, title, start: number('index'), end: number('index'), raw };
  return annotation['type'] === 'container_file_citation' && fileId !== undefined ? { kind: 'container', fileId, title, ...place, raw } : undefined;
}

/** Undefined: this dialect has no word for it. @param shift code points of the message before the part that it belongs to */
export function writeAnnotation({ kind, url, title, fileId, start, end }: Citation, shift: number): JsonObject | undefined {
  const isPlaced = end > start;
  const at = (offset: number): number => (isPlaced ? offset + shift : 0);
  if (url !== undefined) return { type: 'url_citation', url, title: title ?? '', start_index: at(start), end_index: at(end) };
  return kind === 'file' && fileId !== undefined ? wire({ type: 'file_citation', file_id: fileId, filename: title ?? '', index: start + shift }) : undefined;
}
