/** Calls and their results belong together; upstreams refuse a conversation in which they do not (dialects 4.2). */
import { Failure } from '../../failure/failure.ts';
import type { Message, Part } from '../chat-event.ts';

type Call = Part & { kind: 'tool-call' };
type Result = Part & { kind: 'tool-result' };

export const callsOf = (message: Message): Call[] => message.parts.filter((part) => part.kind === 'tool-call');
export const resultsOf = (message: Message): Result[] => message.parts.filter((part) => part.kind === 'tool-result');

const unmatched = (kind: string, id: string): Failure =>
  new Failure('invalid_request', { say: `The ${kind} with the id \`${id.slice(0, 100)}\` has no counterpart.`, param: 'messages' });

/** A call without a result before the next answer, or a result without a call. The calls of a last answer may still wait. */
export function unmatchedCall(messages: readonly Message[]): Failure | undefined {
  const waiting = new Set<string>();
  let before: Message['role'] | undefined;
  for (const message of messages) {
    const [left] = waiting;
    // Neighbouring answers are one turn.
    if (message.role === 'assistant' && before !== 'assistant' && left !== undefined) return unmatched('tool call', left);
    if (message.role === 'assistant') for (const call of callsOf(message)) waiting.add(call.id);
    for (const result of resultsOf(message)) {
      if (!waiting.delete(result.id)) return unmatched('tool result', result.id);
    }
    before = message.role;
  }
  const [left] = waiting;
  return left !== undefined && before !== 'assistant' ? unmatched('tool call', left) : undefined;
}
