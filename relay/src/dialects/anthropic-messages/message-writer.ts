import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, JsonObject, Message, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { unmatchedCall } from '../tool-turns.ts';
import { writeBlock } from './block-writer.ts';

interface Turn { role: 'user' | 'assistant'; parts: { part: Part; param: string }[] }

/** Roles alternate: neighbours are joined part by part, and results stand first (dialects 4.2). Nothing is ever made up. */
export function writeMessages(request: ChatRequest, options: RequestOptions): JsonObject[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const turns = joined(request.messages.map((message, index) => toTurn(message, index, options)));
  const written: { role: Turn['role']; content: JsonObject[] }[] = [];
  for (const [index, turn] of turns.entries()) {
    const content = writeTurn(turn, turns[index - 1], options);
    if (content instanceof Failure) return content;
    const before = written.at(-1);
    // An answer with nothing left in it goes, and the questions around it become one.
    if (before?.role === turn.role) before.content.push(...content);
    else if (content.length) written.push({ role: turn.role, content });
    else if (turn.role === 'user') return new Failure('invalid_request', { say: `\`${turn.parts[0]?.param ?? 'messages'}\` is empty.`, param: 'messages' });
  }
  const last = written.at(-1);
  if (last?.role === 'assistant') trimPrefill(last.content);
  return written.map(({ role, content }) => ({ role, content: plain(content) }));
}

/** An instruction in mid-conversation stays where it stands, as words of the user. */
function toTurn(message: Message, index: number, options: RequestOptions): Turn {
  const at = (part: Part, place: number): Turn['parts'][number] => ({ part, param: `messages[${index}].content[${place}]` });
  if (message.role !== 'system') return { role: message.role, parts: message.parts.map(at) };
  options.warn?.('system_inlined');
  const said = message.parts.flatMap((part) => (part.kind === 'text' && part.text !== '' ? [part.text] : [])).join('\n\n');
  return { role: 'user', parts: said === '' ? [] : [at({ kind: 'text', text: `System: ${said}` }, 0)] };
}

function joined(turns: readonly Turn[]): Turn[] {
  const rows: Turn[] = [];
  for (const turn of turns) {
    const before = rows.at(-1);
    if (before?.role === turn.role) before.parts.push(...turn.parts);
    else rows.push({ role: turn.role, parts: [...turn.parts] });
  }
  return rows;
}

function writeTurn(turn: Turn, before: Turn | undefined, options: RequestOptions): JsonObject[] | Failure {
  const blocks: JsonObject[] = [];
  for (const { part, param } of ordered(turn, before)) {
    const block = writeBlock(part, { param, role: turn.role, family: 'anthropic', options });
    if (block instanceof Failure) return block;
    if (block) blocks.push(block);
  }
  return blocks;
}

/** Results first, in the order of their calls; thoughts first in an answer. */
function ordered(turn: Turn, before: Turn | undefined): Turn['parts'] {
  if (turn.role === 'assistant') return turn.parts;
  const order = (before?.parts ?? []).flatMap(({ part }) => (part.kind === 'tool-call' ? [part.id] : []));
  const place = ({ part }: Turn['parts'][number]): number => (part.kind === 'tool-result' ? order.indexOf(part.id) : order.length);
  return turn.parts.toSorted((a, b) => place(a) - place(b));
}

function trimPrefill(content: JsonObject[]): void {
  const last = content.at(-1);
  if (last && typeof last['text'] === 'string') last['text'] = last['text'].trimEnd();
}

function plain(content: JsonObject[]): JsonObject[] | string {
  const [only] = content;
  return only && content.length === 1 && typeof only['text'] === 'string' && Object.keys(only).length === 2 ? only['text'] : content;
}
