/** What of an answer its client cannot be shown, one word each (dialects 4.10): known only when the answer is there. */
import type { ChatEvent, Json, Part } from '../chat-event.ts';
import type { DialectName } from '../dialect.ts';
import { isObject, text } from '../json-member.ts';

const silent: Readonly<Record<DialectName, ReadonlySet<Part['kind']>>> = {
  'openai-chat': new Set(), gemini: new Set(), 'openai-responses': new Set(['audio']), 'anthropic-messages': new Set(['image', 'audio']),
};
const word = /^\w{1,60}$/;

export function lostParts(events: readonly ChatEvent[], to: DialectName): ReadonlySet<string> {
  const lost = events.flatMap((event) => (event.type === 'part-start' ? nameOf(event.part, to) ?? [] : []));
  return new Set(lost.filter((name) => word.test(name)).map((name) => `dropped:${name}`));
}

function nameOf(part: Part, to: DialectName): string | undefined {
  if (part.kind !== 'opaque') return silent[to].has(part.kind) ? part.kind : undefined;
  return part.dialect === to ? undefined : kindOf(part.raw);
}

/** Most dialects say of what kind it is; gemini has a member for each kind. */
const kindOf = (raw: Json): string | undefined => (isObject(raw) ? text(raw['type']) ?? Object.keys(raw).find((name) => name !== 'thoughtSignature') : undefined);
