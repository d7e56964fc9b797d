import type { ChatRequest, Json, JsonObject, Message } from '../../dialects/chat-event.ts';
import { isObject } from '../../dialects/json-member.ts';
import { ownDetail } from '../../dialects/openai-chat/reasoning-detail.ts';
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

const said = new Set(['text', 'refusal', 'tool-call']);

/**
 * For providers that tell thoughts as details and want them back unchanged, with their signatures.
 *
 * @param messages as above
 * @param detailsOf those of one message; none: nothing is added to it
 */
function detailed(messages: readonly Json[], request: ChatRequest, detailsOf: (message: Message) => JsonObject[]): Json[] {
  const answers = request.messages.filter(({ role, parts }) => role === 'assistant' && parts.some((part) => said.has(part.kind))).map(detailsOf);
  return messages.map((message) => {
    const details = isObject(message) && message['role'] === 'assistant' ? answers.shift() ?? [] : [];
    return isObject(message) && details.length > 0 ? { ...message, reasoning_details: details } : message;
  });
}

/** What was signed by the same maker of models. */
export const withOwnDetails = (messages: readonly Json[], request: ChatRequest): Json[] =>
  detailed(messages, request, ({ parts }) => parts.flatMap((part) => {
    const own = part.kind === 'reasoning' ? ownDetail(part, request.model) : undefined;
    return own ? [own] : [];
  }));

/** What led to calls, in words: nothing in it is signed. */
export const withDetails = (messages: readonly Json[], request: ChatRequest): Json[] => detailed(messages, request, (message) => {
  const text = message.parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join('');
  return text === '' || callsOf(message).length === 0 ? [] : [{ type: 'reasoning.text', index: 0, text }];
});
