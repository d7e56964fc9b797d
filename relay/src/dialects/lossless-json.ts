/**
 * JSON whose numbers keep their spelling when they are printed again: an order number of twenty digits in a tool's arguments
 * must arrive as it was written (dialects 4.5). https://github.com/tc39/proposal-json-parse-with-source
 */
import type { Json, JsonObject } from './chat-event.ts';
import { parseJson } from './json-member.ts';

declare global {
  interface JSON {
    rawJSON(text: string): JsonObject;
    isRawJSON(value: Json): boolean;
    parse(text: string, reviver: (key: string, value: Json, context: { source?: string }) => Json): Json;
  }
}

/** Numbers that a double may not hold; where there are none, the plain parser does the same, and faster. */
const long = /\d{16}|[-\d.]\d*[eE][-+]?\d/;

/** Undefined when it is not JSON. A number that would change is an object that prints as that number, and is nothing to calculate with. */
export function parseLossless(source: string): Json | undefined {
  if (!long.test(source)) return parseJson(source);
  try {
    return JSON.parse(source, (_, value, { source: spelled }) =>
      (typeof value === 'number' && spelled !== undefined && spelled !== String(value) ? JSON.rawJSON(spelled) : value));
  } catch {
    return undefined;
  }
}
