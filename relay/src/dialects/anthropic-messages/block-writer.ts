import { Failure } from '../../failure/failure.ts';
import type { Json, JsonObject, MediaSource, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { isObject, wire } from '../json-member.ts';
import { cacheMark } from '../request/cache-mark.ts';
import { cannot } from '../request/losses.ts';
import { unseal } from '../memory/sealed-signature.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { toInput } from '../request/tool-input.ts';

/** Where a block stands: what is lost in history is dropped silently, what a user hands over is not. */
export interface Place { param: string; role: 'user' | 'assistant'; family: string; options: RequestOptions }

/** Undefined: there is nothing to say. */
export function writeBlock(part: Part, place: Place): JsonObject | undefined | Failure {
  switch (part.kind) {
    case 'text':
    case 'refusal': return part.text.trim() === '' ? undefined : wire({ type: 'text', text: part.text, cache_control: 'cache' in part ? cacheMark(part.cache) : undefined });
    case 'reasoning': return writeThought(part, place.family);
    case 'image': return writeMedia('image', part.source, undefined, place.param);
    case 'file': return writeMedia('document', part.source, part.name, place.param);
    case 'audio': return cannot(place.param, 'is audio, which this model does not take');
    case 'video': return cannot(place.param, 'is a video, which this model does not take');
    case 'tool-call': return { type: 'tool_use', id: legalCallId(part.id), name: part.name, input: toInput(part.arguments, place.options.warn) };
    case 'tool-result': return writeResult(part, place);
    case 'opaque':
      if (part.dialect === 'anthropic-messages' && isObject(part.raw)) return part.raw;
      return place.role === 'assistant' ? undefined : cannot(place.param);
  }
}

/** Only what the same provider made goes back to it; everything else is text that it never wrote. */
function writeThought(part: Part & { kind: 'reasoning' }, family: string): JsonObject | undefined {
  const signature = unseal(part.redacted ?? part.signature ?? '');
  if (signature?.family !== family) return undefined;
  if (signature.kind === 'redacted') return { type: 'redacted_thinking', data: signature.value };
  return { type: 'thinking', thinking: part.text, signature: signature.value };
}

function writeMedia(type: 'image' | 'document', source: MediaSource, title: string | undefined, param: string): JsonObject | Failure {
  if ('fileId' in source) return cannot(param, 'names a file that belongs to another provider');
  if ('url' in source) return wire({ type, source: { type: 'url', url: source.url }, title });
  if ('text' in source) return wire({ type, source: { type: 'text', media_type: 'text/plain', data: source.text }, title });
  if (type === 'document' && source.mime.startsWith('text/')) {
    return wire({ type, source: { type: 'text', media_type: 'text/plain', data: Buffer.from(source.base64, 'base64').toString('utf8') }, title });
  }
  if (type === 'document' && source.mime !== 'application/pdf') return cannot(param, `is ${source.mime}; this model takes PDF and text`);
  return wire({ type, source: { type: 'base64', media_type: source.mime, data: source.base64 }, title });
}

function writeResult(part: Part & { kind: 'tool-result' }, place: Place): JsonObject | Failure {
  const blocks: JsonObject[] = [];
  for (const inner of part.parts) {
    const block = writeBlock(inner, place);
    if (block instanceof Failure) return block;
    if (block) blocks.push(block);
  }
  return wire({ type: 'tool_result', tool_use_id: legalCallId(part.id), content: resultContent(blocks), is_error: part.failed });
}

function resultContent(blocks: readonly JsonObject[]): Json | undefined {
  const [only] = blocks;
  if (!only) return undefined;
  return blocks.length === 1 && typeof only['text'] === 'string' ? only['text'] : [...blocks];
}
