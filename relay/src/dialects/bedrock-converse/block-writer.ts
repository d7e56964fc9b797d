import { Failure } from '../../failure/failure.ts';
import type { JsonObject, MediaSource, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cannot } from '../request/losses.ts';
import { unseal } from '../memory/sealed-signature.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { toInput } from '../request/tool-input.ts';

/** Where a part stands: what is lost of the history is dropped silently. */
export interface Place { param: string; options: RequestOptions; history: boolean }

export const cachePoint = (cache: '5m' | '1h' | undefined): JsonObject[] =>
  (cache ? [{ cachePoint: cache === '1h' ? { type: 'default', ttl: '1h' } : { type: 'default' } }] : []);

/** No block: there is nothing to say. */
export function writeBlock(part: Part, place: Place): JsonObject[] | Failure {
  switch (part.kind) {
    case 'text': return part.text.trim() === '' ? [] : [{ text: part.text }, ...cachePoint(part.cache)];
    case 'refusal': return part.text.trim() === '' ? [] : [{ text: part.text }];
    case 'reasoning': return writeThought(part);
    case 'image': return writeMedia('image', part.source, place.param);
    case 'audio': return writeMedia('audio', part.source, place.param, part.format);
    case 'video': return writeMedia('video', part.source, place.param);
    case 'file': return writeDocument(part, place.param);
    case 'tool-call': return [{ toolUse: { toolUseId: legalCallId(part.id), name: part.name, input: toInput(part.arguments, place.options.warn) } }];
    case 'tool-result': return writeResult(part, place);
    case 'opaque': return place.history ? [] : cannot(place.param);
  }
}

/** Only what came from the same maker goes back to it. */
function writeThought({ text, signature, redacted }: Part & { kind: 'reasoning' }): JsonObject[] {
  const sealed = unseal(redacted ?? signature ?? '');
  if (sealed?.family !== 'anthropic') return [];
  if (sealed.kind === 'redacted') return [{ reasoningContent: { redactedContent: sealed.value } }];
  return [{ reasoningContent: { reasoningText: { text, signature: sealed.value } } }];
}

function writeMedia(kind: 'image' | 'audio' | 'video', source: MediaSource, param: string, format?: string): JsonObject[] | Failure {
  if ('url' in source && source.url.startsWith('s3://')) return [{ [kind]: wire({ format: format ?? formatOf(source.url.split('.').at(-1) ?? ''), source: { s3Location: { uri: source.url } } }) }];
  if (!('base64' in source)) return cannot(param, 'must hold its data: this provider fetches nothing');
  return [{ [kind]: { format: format ?? formatOf(source.mime.split('/')[1] ?? ''), source: { bytes: source.base64 } } }];
}

const formatOf = (name: string): string => {
  if (name === 'jpg') return 'jpeg';
  return name === 'quicktime' ? 'mov' : name.replace(/^x-/, '');
};

const formats: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf', 'text/csv': 'csv', 'application/msword': 'doc', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx', 'text/html': 'html', 'text/plain': 'txt', 'text/markdown': 'md',
};

function writeDocument({ source, name }: Part & { kind: 'file' }, param: string): JsonObject[] | Failure {
  if ('text' in source) return [{ document: { format: 'txt', name: legalName(name), source: { bytes: Buffer.from(source.text).toString('base64') } } }];
  if (!('base64' in source)) return cannot(param, 'must hold its data: this provider fetches nothing');
  const format = formats[source.mime] ?? (source.mime.startsWith('text/') ? 'txt' : undefined);
  return format ? [{ document: { format, name: legalName(name), source: { bytes: source.base64 } } }] : cannot(param, `is ${source.mime}, which this provider does not read`);
}

/** Letters, digits, single spaces, hyphens and brackets; no ending. */
const legalName = (name: string | undefined): string =>
  (name ?? '').replace(/\.[A-Za-z0-9]{1,5}$/, '').replaceAll(/[^A-Za-z0-9\-()[\] ]+/g, ' ').replaceAll(/ {2,}/g, ' ').trim().slice(0, 200) || 'document';

function writeResult(part: Part & { kind: 'tool-result' }, place: Place): JsonObject[] | Failure {
  const content: JsonObject[] = [];
  for (const inner of part.parts) {
    const blocks = writeBlock(inner, place);
    if (blocks instanceof Failure) return blocks;
    content.push(...blocks.filter((block) => !('cachePoint' in block)));
  }
  return [{ toolResult: wire({ toolUseId: legalCallId(part.id), content, status: part.failed ? 'error' : undefined }) }];
}
