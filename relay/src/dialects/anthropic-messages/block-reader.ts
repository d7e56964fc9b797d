import type { Json, JsonObject, MediaSource, Part } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { cacheOf } from '../request/cache-mark.ts';
import type { Reading } from '../request/reading.ts';

/** Content is a text or a list of blocks. Blocks that only this dialect knows stay as they are. */
export function readBlocks(content: Json | undefined, param: string, reading: Reading): Part[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (content === undefined || content === null) return [];
  if (!Array.isArray(content)) { reading.wrong(param, 'must be a text or a list of blocks'); return []; }
  return content.map((block, index) => readBlock(reading.object(block, `${param}[${index}]`), `${param}[${index}]`, reading));
}

function readBlock(block: JsonObject, param: string, reading: Reading): Part {
  switch (block['type']) {
    case 'text': return { kind: 'text', text: reading.text(block['text'], `${param}.text`) ?? '', cache: cacheOf(block) };
    case 'image': return { kind: 'image', source: readSource(block['source'], `${param}.source`, reading) };
    case 'document': return readDocument(block, param, reading);
    case 'thinking': return { kind: 'reasoning', text: text(block['thinking']) ?? '', signature: text(block['signature']) || undefined };
    case 'redacted_thinking': return { kind: 'reasoning', text: '', redacted: text(block['data']) ?? '' };
    case 'tool_use': return {
      kind: 'tool-call',
      id: reading.name(block['id'], `${param}.id`),
      name: reading.name(block['name'], `${param}.name`),
      arguments: JSON.stringify(isObject(block['input']) ? block['input'] : {}),
    };
    case 'tool_result': return {
      kind: 'tool-result',
      id: reading.name(block['tool_use_id'], `${param}.tool_use_id`),
      parts: readBlocks(block['content'], `${param}.content`, reading),
      failed: reading.flag(block['is_error'], `${param}.is_error`) || undefined,
    };
    case 'search_result': return { kind: 'text', text: [text(block['title']), text(block['source']), textsIn(block['content'])].filter(Boolean).join('\n') };
    case 'compaction': return { kind: 'text', text: text(block['content']) ?? '' };
    // It names a tool that a hosted search found: nothing to anybody else.
    case 'tool_reference': return { kind: 'text', text: '' };
    default:
      if (typeof block['type'] !== 'string') reading.wrong(`${param}.type`, 'is required');
      return { kind: 'opaque', dialect: 'anthropic-messages', raw: block };
  }
}

/** The texts of a list of blocks. */
const textsIn = (content: Json | undefined): string => (typeof content === 'string' ? content : list(content).flatMap((each) => text(member(each, 'text')) ?? []).join('\n'));

/** A document may be a list of blocks itself: to others its texts are what it says. */
function readDocument(block: JsonObject, param: string, reading: Reading): Part {
  if (member(block['source'], 'type') === 'content') return { kind: 'file', source: { text: textsIn(member(block['source'], 'content')) }, name: text(block['title']) };
  return { kind: 'file', source: readSource(block['source'], `${param}.source`, reading), name: text(block['title']) };
}

function readSource(wire: Json | undefined, param: string, reading: Reading): MediaSource {
  const source = reading.object(wire, param);
  switch (source['type']) {
    case 'url': return { url: reading.name(source['url'], `${param}.url`) };
    case 'file': return { fileId: reading.name(source['file_id'], `${param}.file_id`) };
    case 'text': return { text: reading.text(source['data'], `${param}.data`) ?? '' };
    case 'base64': return { base64: reading.name(source['data'], `${param}.data`), mime: reading.name(source['media_type'], `${param}.media_type`) };
    default: reading.wrong(`${param}.type`, 'must be base64, url, text or file');
  }
  return { text: '' };
}
