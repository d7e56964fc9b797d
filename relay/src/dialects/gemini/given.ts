import type { Json, JsonObject } from '../chat-event.ts';
import { isObject, list, text } from '../json-member.ts';

const snake = new Map<string, string>();

/** A member under its name, or under the same name with underscores: protobuf's JSON knows both. */
export function given(wire: Json | undefined, name: string): Json | undefined {
  if (!isObject(wire)) return undefined;
  if (Object.hasOwn(wire, name)) return wire[name];
  const other = snakeOf(name);
  return Object.hasOwn(wire, other) ? wire[other] : undefined;
}

export function snakeOf(name: string): string {
  let other = snake.get(name);
  if (other === undefined) snake.set(name, other = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return other;
}

export const givenText = (wire: Json | undefined, name: string): string | undefined => text(given(wire, name));
export const givenList = (wire: Json | undefined, name: string): Json[] => list(given(wire, name));

export function givenObject(wire: Json | undefined, name: string): JsonObject | undefined {
  const value = given(wire, name);
  return isObject(value) ? value : undefined;
}

export function givenNumber(wire: Json | undefined, name: string): number | undefined {
  const value = given(wire, name);
  return typeof value === 'number' ? value : undefined;
}
