import { Failure } from '../../failure/failure.ts';
import type { Json, JsonObject, MediaSource, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cacheMark } from '../request/cache-mark.ts';
import { cannot } from '../request/losses.ts';
import { toDataUrl } from '../request/media.ts';

/** One text is a plain text; anything else is a list of parts. Undefined: nothing is left. */
export function writeParts(parts: readonly Part[], param: string, options: RequestOptions = {}): Json | undefined | Failure {
  const written: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const one = writePart(part, `${param}.content[${index}]`, options);
    if (one instanceof Failure) return one;
    if (one) written.push(one);
  }
  const [only] = written;
  if (!only) return undefined;
  return written.length === 1 && only['type'] === 'text' && only['cache_control'] === undefined ? only['text'] : written;
}

function writePart(part: Part, param: string, { cacheMarks, videos }: RequestOptions): JsonObject | undefined | Failure {
  switch (part.kind) {
    case 'text': return part.text === '' ? undefined : wire({ type: 'text', text: part.text, cache_control: cacheMarks ? cacheMark(part.cache) : undefined });
    case 'refusal': return part.text === '' ? undefined : { type: 'text', text: part.text };
    case 'image': return writeImage(part.source, part.detail, param);
    case 'audio': return 'base64' in part.source ? { type: 'input_audio', input_audio: { data: part.source.base64, format: part.format } } : cannot(param);
    case 'file': return writeFile(part.source, part.name, param);
    case 'opaque': return part.dialect === 'openai-chat' && typeof part.raw === 'object' && part.raw && !Array.isArray(part.raw) ? part.raw : cannot(param);
    case 'video': return videos ? writeVideo(part.source, param) : cannot(param, 'is a video, which this model does not take');
    default: return undefined;
  }
}

function writeImage(source: MediaSource, detail: string | undefined, param: string): JsonObject | Failure {
  if ('url' in source) return { type: 'image_url', image_url: wire({ url: source.url, detail }) };
  return 'base64' in source ? { type: 'image_url', image_url: wire({ url: toDataUrl(source), detail }) } : cannot(param);
}

function writeVideo(source: MediaSource, param: string): JsonObject | Failure {
  if ('url' in source) return { type: 'video_url', video_url: { url: source.url } };
  return 'base64' in source ? { type: 'video_url', video_url: { url: toDataUrl(source) } } : cannot(param);
}

function writeFile(source: MediaSource, name: string | undefined, param: string): JsonObject | Failure {
  if ('text' in source) return { type: 'text', text: name ? `${name}\n\n${source.text}` : source.text };
  if (!('base64' in source)) return cannot(param, 'must hold its data: this provider takes no addresses and no files of other accounts');
  if (source.mime.startsWith('text/')) {
    const text = Buffer.from(source.base64, 'base64').toString('utf8');
    return { type: 'text', text: name ? `${name}\n\n${text}` : text };
  }
  return { type: 'file', file: { file_data: toDataUrl(source), filename: name ?? 'document.pdf' } };
}
