import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject, parseJson } from '../../dialects/json-member.ts';

/** `true`, `"on"`; `false`, `"off"`. Anything else says nothing. */
export function flagOf(value: Json | undefined): boolean | undefined {
  if (value === true || value === 'on') return true;
  return value === false || value === 'off' ? false : undefined;
}

/** Text that is no JSON object says nothing: the control plane takes it as people typed it. */
export function objectOf(source: string | null | undefined): JsonObject {
  const value = source ? parseJson(source) : undefined;
  return isObject(value) ? value : {};
}
