import type { Json, JsonObject, Part } from '../chat-event.ts';
import { text } from '../json-member.ts';
import { toSource } from '../request/media.ts';
import type { Reading } from '../request/reading.ts';

/** Content is a text or a list of parts. */
export function readContent(content: Json | undefined, param: string, reading: Reading): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (content === undefined || content === null) return [];
  if (!Array.isArray(content)) { reading.wrong(param, 'must be a text or a list of parts'); return []; }
  return content.map((part, index) => readPart(reading.object(part, `${param}[${index}]`), `${param}[${index}]`, reading));
}

function readPart(part: JsonObject, param: string, reading: Reading): Part {
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text': return { kind: 'text', text: reading.text(part['text'], `${param}.text`) ?? '' };
    case 'refusal': return { kind: 'refusal', text: reading.text(part['refusal'], `${param}.refusal`) ?? '' };
    case 'input_image': return readImage(part, param, reading);
    case 'input_file': return readFile(part, param, reading);
    default:
      if (typeof part['type'] !== 'string') reading.wrong(`${param}.type`, 'is required');
      return { kind: 'opaque', dialect: 'openai-responses', raw: part };
  }
}

function readImage(part: JsonObject, param: string, reading: Reading): Part {
  const detail = text(part['detail']);
  const fileId = text(part['file_id']);
  if (fileId !== undefined) return { kind: 'image', source: { fileId }, detail };
  const url = reading.name(part['image_url'], `${param}.image_url`);
  const source = toSource(url);
  if (!source) reading.wrong(`${param}.image_url`, 'must be an address or base64 data');
  return { kind: 'image', source: source ?? { url }, detail };
}

function readFile(part: JsonObject, param: string, reading: Reading): Part {
  const name = text(part['filename']);
  const fileId = text(part['file_id']);
  if (fileId !== undefined) return { kind: 'file', source: { fileId }, name };
  const url = text(part['file_url']);
  if (url !== undefined) return { kind: 'file', source: { url }, name };
  const source = toSource(reading.name(part['file_data'], `${param}.file_data`));
  if (!source || 'url' in source) reading.wrong(`${param}.file_data`, 'must be base64 data');
  return { kind: 'file', source: source ?? { text: '' }, name };
}
