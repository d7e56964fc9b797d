import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { unmatchedCall } from '../request/tool-turns.ts';
import { resultsFirst, toTurns } from '../request/turns.ts';
import { writeBlock } from './block-writer.ts';

/** Roles alternate, and a message without anything in it is refused: it goes. */
export function writeMessages(request: ChatRequest, options: RequestOptions): Json[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const turns = toTurns(request.messages, () => options.warn?.('system_inlined'));
  const written: { role: string; content: Json[] }[] = [];
  for (const [index, turn] of turns.entries()) {
    const content: Json[] = [];
    for (const { part, param } of resultsFirst(turn, turns[index - 1])) {
      const blocks = writeBlock(part, { param, options, history: turn.role === 'assistant' });
      if (blocks instanceof Failure) return blocks;
      content.push(...blocks);
    }
    const before = written.at(-1);
    if (before?.role === turn.role) before.content.push(...content);
    else if (content.length > 0) written.push({ role: turn.role, content });
  }
  return written;
}
