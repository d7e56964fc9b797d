import type { ChatRequest, Json } from '../../dialects/chat-event.ts';
import { isObject } from '../../dialects/json-member.ts';
import { callsOf } from '../../dialects/request/tool-turns.ts';

/**
 * For providers that want their thoughts back with the calls they led to. Thoughts that are not known any more are sent as an
 * empty text, which they accept.
 *
 * @param messages of a request in openai-chat, as its writer made them
 */
export function replayed(messages: readonly Json[], request: ChatRequest): Json[] {
  const thoughts = request.messages.filter((message) => callsOf(message).length > 0)
    .map((message) => message.parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join(''));
  return messages.map((message) => (isObject(message) && message['tool_calls'] !== undefined ? { ...message, reasoning_content: thoughts.shift() ?? '' } : message));
}
