import type { JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';

/** Arguments as an object. The model may have written what does not parse: the conversation must go on (dialects 4.5). */
export function toInput(source: string, warn?: (loss: string) => void): JsonObject {
  if (source.trim() === '') return {};
  const value = parseLossless(source);
  if (isObject(value)) return value;
  warn?.('arguments_unparsable');
  return { _raw: source };
}
