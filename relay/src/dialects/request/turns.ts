/** Messages as turns whose roles alternate: neighbours are joined part by part (dialects 4.2). Nothing is ever made up. */
import type { Message, Part } from '../chat-event.ts';

export interface Turn { role: 'user' | 'assistant'; parts: { part: Part; param: string }[] }

/** @param inlined told of instructions in mid-conversation: they stay where they stand, as words of the user */
export function toTurns(messages: readonly Message[], inlined: () => void): Turn[] {
  const rows: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    const turn = toTurn(message, index, inlined);
    const before = rows.at(-1);
    if (before?.role === turn.role) before.parts.push(...turn.parts);
    else rows.push(turn);
  }
  return rows;
}

function toTurn(message: Message, index: number, inlined: () => void): Turn {
  const at = (part: Part, place: number): Turn['parts'][number] => ({ part, param: `messages[${index}].content[${place}]` });
  if (message.role !== 'system') return { role: message.role, parts: message.parts.map(at) };
  inlined();
  const said = message.parts.flatMap((part) => (part.kind === 'text' && part.text !== '' ? [part.text] : [])).join('\n\n');
  return { role: 'user', parts: said === '' ? [] : [at({ kind: 'text', text: `System: ${said}` }, 0)] };
}

/** Results first, in the order of their calls. */
export function resultsFirst(turn: Turn, before: Turn | undefined): Turn['parts'] {
  if (turn.role === 'assistant') return turn.parts;
  const order = (before?.parts ?? []).flatMap(({ part }) => (part.kind === 'tool-call' ? [part.id] : []));
  const place = ({ part }: Turn['parts'][number]): number => (part.kind === 'tool-result' ? order.indexOf(part.id) : order.length);
  return turn.parts.toSorted((a, b) => place(a) - place(b));
}
