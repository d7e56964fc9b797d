import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, Message, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cacheMark } from '../request/cache-mark.ts';
import { unmatchedCall } from '../request/tool-turns.ts';
import { writeParts } from './part-writer.ts';

/** Tool results become messages of their own, before the other parts of the message that held them. */
export function writeMessages(request: ChatRequest, options: RequestOptions = {}): Json[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const system = request.system.map(({ text, cache }): Json => ({ role: 'system', content: cache && options.cacheMarks ? [{ type: 'text', text, cache_control: cacheMark(cache) ?? null }] : text }));
  const written: Json[] = [];
  for (const [index, message] of request.messages.entries()) {
    const some = writeMessage(message, `messages[${index}]`, options);
    if (some instanceof Failure) return some;
    written.push(...some);
  }
  return [...system, ...written];
}

function writeMessage(message: Message, param: string, options: RequestOptions): Json[] | Failure {
  if (message.role === 'assistant') return writeAssistant(message);
  const written: Json[] = [];
  // A tool's message takes only text: what else it brought the user hands over.
  const others: Part[] = [];
  for (const part of message.parts) {
    if (part.kind !== 'tool-result') { others.push(part); continue; }
    const content = writeParts(part.parts.filter(isText), param, options);
    if (content instanceof Failure) return content;
    written.push({ role: 'tool', tool_call_id: part.id, content: content ?? '' });
    others.push(...part.parts.filter((each) => !isText(each)));
  }
  if (!others.length && written.length) return written;
  const content = writeParts(others, param, options);
  if (content instanceof Failure) return content;
  return [...written, wire({ role: message.role, content: content ?? '', name: message.name })];
}

const isText = (part: Part): boolean => part.kind === 'text';

/** Reasoning is not sent back: the dialect has no place for it (providers that want it have a hook). */
function writeAssistant(message: Message): Json[] {
  const texts = message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const refusal = message.parts.flatMap((part) => (part.kind === 'refusal' ? [part.text] : [])).join('');
  const calls = message.parts.flatMap((part) => (part.kind === 'tool-call' ? [writeCall(part)] : []));
  if (!texts.length && !refusal && !calls.length) return [];
  return [wire({
    role: 'assistant', content: texts.length ? texts.join('') : null, refusal: refusal || undefined, tool_calls: calls.length ? calls : undefined, name: message.name,
  })];
}

const writeCall = (call: Part & { kind: 'tool-call' }): JsonObject => ({
  id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments.trim() === '' ? '{}' : call.arguments },
});
