import type { MediaSource } from '../chat-event.ts';

const dataUrl = /^data:([^;,]*)((?:;[^;,]*)*),/i;
/** First bytes in base64, for data whose type is missing. */
const signs: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'], ['/9j/', 'image/jpeg'], ['R0lGOD', 'image/gif'], ['JVBERi', 'application/pdf'], ['T2dnU', 'audio/ogg'], ['ZkxhQ', 'audio/flac'],
  ['SUQz', 'audio/mpeg'], ['//uQ', 'audio/mpeg'], ['//vQ', 'audio/mpeg'],
];

/** An address, or the parts of a data URL; bytes are not encoded again. Undefined: a data URL that is not base64. */
export function toSource(url: string): MediaSource | undefined {
  if (!url.startsWith('data:')) return { url };
  const head = dataUrl.exec(url);
  if (!head?.[2]?.toLowerCase().includes('base64')) return undefined;
  const base64 = url.slice(head[0].length).replace(/\s+/g, '');
  return { base64, mime: mediaMime(head[1] ?? '', base64) };
}

/** As it was declared, under its usual name; looked at where that is missing. */
export function mediaMime(declared: string, base64: string): string {
  const mime = declared.toLowerCase();
  if (mime === 'image/jpg') return 'image/jpeg';
  if (mime !== '' && mime !== 'application/octet-stream') return mime;
  return signs.find(([start]) => base64.startsWith(start))?.[1] ?? boxed(base64) ?? 'application/octet-stream';
}

/** Formats whose name stands behind the size of their first box. */
function boxed(base64: string): string | undefined {
  const head = Buffer.from(base64.slice(0, 24), 'base64').toString('latin1');
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WAVE' ? 'audio/wav' : head.slice(8, 12) === 'WEBP' ? 'image/webp' : undefined;
  if (head.slice(4, 8) !== 'ftyp') return undefined;
  return /^(heic|heix|mif1|msf1)/.test(head.slice(8, 12)) ? 'image/heic' : 'video/mp4';
}

export const toDataUrl = (source: { base64: string; mime: string }): string => `data:${source.mime};base64,${source.base64}`;
