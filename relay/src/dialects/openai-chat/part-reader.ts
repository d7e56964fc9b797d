import type { Json, JsonObject, MediaSource, Part } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import { cacheOf } from '../request/cache-mark.ts';
import { toSource } from '../request/media.ts';
import type { Reading } from '../request/reading.ts';

/** Content is a text, nothing, or a list of parts. */
export function readParts(content: Json | undefined, param: string, reading: Reading): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (content === undefined || content === null) return [];
  if (!Array.isArray(content)) { reading.wrong(param, 'must be a text or a list of parts'); return []; }
  return content.map((part, index) => readPart(reading.object(part, `${param}[${index}]`), `${param}[${index}]`, reading));
}

function readPart(part: JsonObject, param: string, reading: Reading): Part {
  switch (part['type']) {
    case 'text': return { kind: 'text', text: reading.text(part['text'], `${param}.text`) ?? '', ...marked(part) };
    case 'refusal': return { kind: 'refusal', text: reading.text(part['refusal'], `${param}.refusal`) ?? '' };
    case 'image_url': return readImage(part, param, reading);
    case 'input_audio': return readAudio(part, param, reading);
    case 'file': return readFile(part, param, reading);
    // Relatives of the dialect have these.
    case 'video_url': return readVideo(part, param, reading);
    case 'document_url': return { kind: 'file', source: sourceAt(part['document_url'], `${param}.document_url`, reading), name: text(part['document_name']) };
    case 'image': return { kind: 'image', source: sourceAt(part['image'], `${param}.image`, reading) };
    default:
      if (typeof part['type'] !== 'string') reading.wrong(`${param}.type`, 'is required');
      return { kind: 'opaque', dialect: 'openai-chat', raw: part };
  }
}

/** Not of OpenAI: clients of models by Anthropic write it here. */
function marked(part: JsonObject): { cache?: '5m' | '1h' } {
  const cache = cacheOf(part);
  return cache ? { cache } : {};
}

const readImage = (part: JsonObject, param: string, reading: Reading): Part =>
  ({ kind: 'image', source: sourceAt(part['image_url'], `${param}.image_url.url`, reading), detail: text(member(part['image_url'], 'detail')) });

function readVideo(part: JsonObject, param: string, reading: Reading): Part {
  const source = sourceAt(part['video_url'], `${param}.video_url.url`, reading);
  return { kind: 'video', source, ...('base64' in source ? { mime: source.mime } : {}) };
}

/** Some clients write the address without its object. */
function sourceAt(wire: Json | undefined, param: string, reading: Reading): MediaSource {
  const url = reading.name(text(wire) ?? member(wire, 'url'), param), source = toSource(url);
  if (!source) reading.wrong(param, 'must be an address or base64 data');
  return source ?? { url };
}

function readAudio(part: JsonObject, param: string, reading: Reading): Part {
  const format = reading.name(member(part['input_audio'], 'format'), `${param}.input_audio.format`);
  const base64 = reading.name(member(part['input_audio'], 'data'), `${param}.input_audio.data`);
  return { kind: 'audio', source: { base64, mime: `audio/${format}` }, format };
}

function readFile(part: JsonObject, param: string, reading: Reading): Part {
  const file = reading.object(part['file'], `${param}.file`);
  const name = text(file['filename']);
  const fileId = text(file['file_id']);
  if (fileId !== undefined) return { kind: 'file', source: { fileId }, name };
  const source = toSource(reading.name(file['file_data'], `${param}.file.file_data`));
  if (!source) reading.wrong(`${param}.file.file_data`, 'must be base64 data');
  return { kind: 'file', source: source ?? { text: '' }, name };
}
