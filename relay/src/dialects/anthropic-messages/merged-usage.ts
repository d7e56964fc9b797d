import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';

/** `message_delta` is cumulative: what it says replaces what `message_start` said, `input_tokens` too (providers 4.3). */
export function mergedUsage(start: JsonObject, report: Json | undefined): JsonObject {
  if (!isObject(report)) return start;
  return { ...start, ...Object.fromEntries(Object.entries(report).filter(([, value]) => value !== null)) };
}
