import type { MediaSource } from './chat-event.ts';

const dataUrl = /^data:([^;,]*)((?:;[^;,]*)*),/i;
/** First bytes in base64, for data whose type is missing. */
const signs: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'], ['/9j/', 'image/jpeg'], ['R0lGOD', 'image/gif'], ['UklGR', 'image/webp'], ['JVBERi', 'application/pdf'],
];

/** An address, or the parts of a data URL; bytes are not encoded again. Undefined: a data URL that is not base64. */
export function toSource(url: string): MediaSource | undefined {
  if (!url.startsWith('data:')) return { url };
  const head = dataUrl.exec(url);
  if (!head?.[2]?.toLowerCase().includes('base64')) return undefined;
  const base64 = url.slice(head[0].length).replace(/\s+/g, '');
  return { base64, mime: mimeOf(head[1] ?? '', base64) };
}

function mimeOf(declared: string, base64: string): string {
  const mime = declared.toLowerCase();
  if (mime === 'image/jpg') return 'image/jpeg';
  if (mime !== '' && mime !== 'application/octet-stream') return mime;
  return signs.find(([start]) => base64.startsWith(start))?.[1] ?? 'application/octet-stream';
}

export const toDataUrl = (source: { base64: string; mime: string }): string => `data:${source.mime};base64,${source.base64}`;
