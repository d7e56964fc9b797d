/** Reading JSON of unknown shape: a member of something that is not an object is simply not there. */
import type { Json, JsonObject } from './chat-event.ts';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** Undefined when it is not JSON. */
export function parseJson(source: string): Json | undefined {
  try {
    const value: Json = JSON.parse(source);
    return value;
  } catch {
    return undefined;
  }
}

/** An object to be sent: members that are undefined are not in it. */
export function wire(members: { [member: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(members).flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name, value]])));
}
