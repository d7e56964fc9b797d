import { Failure } from '../../failure/failure.ts';
import type { JsonObject, MediaSource, Part } from '../chat-event.ts';
import { isObject, wire } from '../json-member.ts';
import { cannot } from '../request/losses.ts';
import { toDataUrl } from '../request/media.ts';

/** What a user or a tool hands over. Empty texts are left out. */
export function writeContent(parts: readonly Part[], param: string): JsonObject[] | Failure {
  const written: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const one = writePart(part, `${param}.content[${index}]`);
    if (one instanceof Failure) return one;
    if (one) written.push(one);
  }
  return written;
}

function writePart(part: Part, param: string): JsonObject | undefined | Failure {
  switch (part.kind) {
    case 'text':
    case 'refusal': return part.text === '' ? undefined : { type: 'input_text', text: part.text };
    case 'image': return writeImage(part.source, part.detail, param);
    case 'file': return writeFile(part.source, part.name, param);
    case 'audio': return cannot(param, 'is audio, which this model does not take');
    case 'video': return cannot(param, 'is a video, which this model does not take');
    case 'opaque': return part.dialect === 'openai-responses' && isObject(part.raw) ? part.raw : cannot(param);
    default: return undefined;
  }
}

function writeImage(source: MediaSource, detail = 'auto', param: string): JsonObject | Failure {
  if ('url' in source) return { type: 'input_image', image_url: source.url, detail };
  return 'base64' in source ? { type: 'input_image', image_url: toDataUrl(source), detail } : cannot(param);
}

function writeFile(source: MediaSource, filename: string | undefined, param: string): JsonObject | Failure {
  if ('text' in source) return { type: 'input_text', text: filename ? `${filename}\n\n${source.text}` : source.text };
  if ('url' in source) return wire({ type: 'input_file', file_url: source.url });
  if ('fileId' in source) return cannot(param, 'names a file that belongs to another account');
  return { type: 'input_file', filename: filename ?? 'document.pdf', file_data: toDataUrl(source) };
}
