import type { JsonObject, Part } from '../chat-event.ts';

/** Where this dialect carries signatures of other houses, sealed (dialects 4.7). */
export function reasoningDetail(part: Part & { kind: 'reasoning' }, index: number): JsonObject {
  if (part.redacted !== undefined) return { type: 'reasoning.encrypted', index, data: part.redacted, format: 'relay' };
  return { type: 'reasoning.text', index, text: part.text, signature: part.signature ?? '', format: 'relay' };
}
