/** Where this dialect carries signatures: members of `reasoning_details` (dialects 4.7). */
import type { Json, JsonObject, Part } from '../chat-event.ts';
import { isObject, member, parseJson, text } from '../json-member.ts';
import { seal, unseal } from '../memory/sealed-signature.ts';

type Thought = Part & { kind: 'reasoning' };

/** Those of other houses are sealed. */
export function reasoningDetail(part: Thought, index: number): JsonObject {
  if (part.redacted !== undefined) return { type: 'reasoning.encrypted', index, data: part.redacted, format: 'relay' };
  return { type: 'reasoning.text', index, text: part.text, signature: part.signature ?? '', format: 'relay' };
}

/** Upstreams that speak of details want their own back as they were. */
const house = 'details';

/** What it says in words. */
export const wordsOf = (detail: Json): string => text(member(detail, 'text')) ?? text(member(detail, 'summary')) ?? '';

/** Its signature, or what it hides, sealed with all that it must have when it goes back; undefined: it has none. */
export function sealedIn(detail: Json, model: string): { kind: 'text' | 'redacted'; value: string } | undefined {
  const hidden = member(detail, 'type') === 'reasoning.encrypted' ? text(member(detail, 'data')) : undefined, carried = hidden ?? text(member(detail, 'signature'));
  if (!carried || !isObject(detail)) return undefined;
  const kind = hidden === undefined ? 'text' : 'redacted', { text: _, ...mark } = detail;
  return { kind, value: unseal(carried) ? carried : seal({ family: house, model, kind, value: JSON.stringify(mark) }) };
}

/** Behind the slash stands the model, before it who made it: only that one takes it back. */
const maker = (model: string): string => (model.includes('/') ? model.slice(0, model.indexOf('/')) : model);

/** The detail as it came; undefined: it is another house's, or another maker's. */
export function ownDetail({ text: said, signature, redacted }: Thought, model: string): JsonObject | undefined {
  const opened = unseal(redacted ?? signature ?? '');
  const mark = opened?.family === house && maker(opened.model) === maker(model) ? parseJson(opened.value) : undefined;
  return isObject(mark) ? { ...mark, ...(said === '' ? {} : { text: said }) } : undefined;
}
