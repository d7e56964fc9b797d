import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, JsonObject, Part } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';
import { isObject } from '../json-member.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { toInput } from '../request/tool-input.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';
import { writeCitation } from './citation.ts';
import { stopMembers } from './finish.ts';
import { writeUsage } from './usage-writer.ts';

export function writeAnswer(events: readonly ChatEvent[], options: WriterOptions): JsonObject {
  const { start, parts, tokens, finish } = wholeAnswer(events);
  const refusal = parts.flatMap((part) => (part.kind === 'refusal' ? [part.text] : [])).join('');
  return {
    id: answerId('msg_', start.id, options.requestId), type: 'message', role: 'assistant', model: options.model,
    content: parts.flatMap((part) => writeBlock(part, options)),
    ...stopMembers(finish, refusal),
    usage: writeUsage(tokens),
  };
}

function citationsOf({ text, citations = [] }: Part & { kind: 'text' }): JsonObject {
  const written = citations.flatMap((citation) => writeCitation(citation, text) ?? []);
  return written.length ? { citations: written } : {};
}

/** The signature of a call stands in thoughts without words before it (dialects 4.7). */
const signatureOf = ({ signature }: Part & { kind: 'tool-call' }, reasoning: NonNullable<WriterOptions['reasoning']>): JsonObject[] =>
  (signature === undefined || reasoning === 'hidden' ? [] : [{ type: 'thinking', thinking: '', signature }]);

function writeBlock(part: Part, { reasoning = 'shown', webSearch = false }: WriterOptions): JsonObject[] {
  switch (part.kind) {
    case 'text': return part.text === '' ? [] : [{ type: 'text', text: part.text, ...(webSearch ? citationsOf(part) : {}) }];
    case 'refusal': return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    case 'reasoning':
      if (reasoning === 'hidden') return [];
      if (part.redacted !== undefined) return [{ type: 'redacted_thinking', data: part.redacted }];
      return [{ type: 'thinking', thinking: reasoning === 'shown' ? part.text : '', signature: part.signature ?? '' }];
    case 'tool-call': return [...signatureOf(part, reasoning), { type: 'tool_use', id: legalCallId(part.id), name: part.name, input: toInput(part.arguments) }];
    case 'opaque': return part.dialect === 'anthropic-messages' && isObject(part.raw) ? [part.raw] : [];
    default: return [];
  }
}
