/** Small changes that several providers want in a converted request. */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject, list, wire } from '../../dialects/json-member.ts';

/** Without these members. */
export const without = (request: JsonObject, ...names: readonly string[]): JsonObject =>
  (names.some((name) => Object.hasOwn(request, name)) ? Object.fromEntries(Object.entries(request).filter(([name]) => !names.includes(name))) : request);

/** A number that is there is put between two others. */
export function clamped(request: JsonObject, name: string, least: number, most: number): JsonObject {
  const value = request[name];
  return typeof value === 'number' && (value < least || value > most) ? { ...request, [name]: Math.min(most, Math.max(least, value)) } : request;
}

/** A member under another name; one that is there already stays. */
export function renamed(request: JsonObject, from: string, to: string): JsonObject {
  if (!Object.hasOwn(request, from)) return request;
  const { [from]: value, ...others } = request;
  return wire({ [to]: value, ...others });
}

export const eachMessage = (request: JsonObject, change: (message: JsonObject) => Json): JsonObject =>
  ({ ...request, messages: list(request['messages']).map((message) => (isObject(message) ? change(message) : message)) });

/** Where the last words are the model's own it goes on from them, for providers that want to be told. @param mark the member that says so */
export function prefilled(messages: readonly Json[], mark: string): readonly Json[] {
  const last = messages.at(-1);
  return isObject(last) && last['role'] === 'assistant' && last['tool_calls'] === undefined ? [...messages.slice(0, -1), { ...last, [mark]: true }] : messages;
}

/** Whether it is to think, for providers that know no degrees: undefined where nobody said. */
export function isThinking({ reasoning_effort: effort }: JsonObject): boolean | undefined {
  return typeof effort === 'string' ? effort !== 'none' : undefined;
}
