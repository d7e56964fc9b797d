import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, JsonObject } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { unmatchedCall } from '../request/tool-turns.ts';
import { resultsFirst, toTurns, type Turn } from '../request/turns.ts';
import { writeBlock } from './block-writer.ts';

/** Roles alternate: neighbours are joined part by part, and results stand first (dialects 4.2). Nothing is ever made up. */
export function writeMessages(request: ChatRequest, options: RequestOptions): JsonObject[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const turns = toTurns(request.messages, () => options.warn?.('system_inlined'));
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

function writeTurn(turn: Turn, before: Turn | undefined, options: RequestOptions): JsonObject[] | Failure {
  const blocks: JsonObject[] = [];
  for (const { part, param } of resultsFirst(turn, before)) {
    const block = writeBlock(part, { param, role: turn.role, family: 'anthropic', options });
    if (block instanceof Failure) return block;
    if (block) blocks.push(block);
  }
  return blocks;
}

function trimPrefill(content: JsonObject[]): void {
  const last = content.at(-1);
  if (last && typeof last['text'] === 'string') last['text'] = last['text'].trimEnd();
}

function plain(content: JsonObject[]): JsonObject[] | string {
  const [only] = content;
  return only && content.length === 1 && typeof only['text'] === 'string' && Object.keys(only).length === 2 ? only['text'] : content;
}
