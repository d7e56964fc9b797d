/** Messages for wires that know only texts and two roles. */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';

export interface PlainMessage { role: 'system' | 'user' | 'assistant'; content: string }

/** The text of a message of Chat Completions; what is no text is left out. */
export const textIn = (content: Json | undefined): string =>
  (typeof content === 'string' ? content : list(content).flatMap((part) => text(member(part, 'text')) ?? []).join('\n'));

/** Results of tools become words of the user. */
export function plainMessages(chat: JsonObject): PlainMessage[] {
  return list(chat['messages']).flatMap((message): PlainMessage[] => {
    if (!isObject(message)) return [];
    const content = textIn(message['content']), role = message['role'];
    if (content === '') return [];
    return [{ role: role === 'assistant' ? 'assistant' : role === 'system' || role === 'developer' ? 'system' : 'user', content }];
  });
}

/** Neighbours of one role become one. */
export function inTurns(messages: readonly PlainMessage[]): PlainMessage[] {
  const turns: PlainMessage[] = [];
  for (const message of messages) {
    const before = turns.at(-1);
    if (before?.role === message.role) turns[turns.length - 1] = { role: before.role, content: `${before.content}\n\n${message.content}` };
    else turns.push(message);
  }
  return turns;
}
