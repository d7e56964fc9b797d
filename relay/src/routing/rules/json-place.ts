/** Paths of parameter overrides (semantics 3.6): `a.b.0.c`, `a.-1.b` counted from the end, `a.*.b` for each, `\.` for a dot in a name. */
import type { Json, JsonObject } from '../../framing/json.ts';

type Container = JsonObject | Json[];

/** A value by the place that holds it. */
export interface Place { readonly holder: Container; readonly key: string | number }

/** Names that would reach an object's prototype. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

export const segmentsOf = (path: string): string[] => path.split(/(?<!\\)\./).map((segment) => segment.replaceAll('\\.', '.'));

const isContainer = (value: Json | undefined): value is Container => typeof value === 'object' && value !== null && !JSON.isRawJSON(value);

/** The keys that a segment means in a container; `making`: also one that is not there yet. */
function keysOf(holder: Container, segment: string, making: boolean): (string | number)[] {
  if (Array.isArray(holder)) return indexesOf(holder, segment, making);
  if (segment === '*') return Object.keys(holder);
  return !unsafe.has(segment) && (making || Object.hasOwn(holder, segment)) ? [segment] : [];
}

function indexesOf(list: readonly Json[], segment: string, making: boolean): number[] {
  if (segment === '*') return [...list.keys()];
  if (!/^-?\d{1,6}$/.test(segment)) return [];
  const index = Number(segment) < 0 ? list.length + Number(segment) : Number(segment);
  const most = making ? list.length : list.length - 1;
  if (making && index < 0 && list.length === 0) return [0];
  return index >= 0 && index <= most ? [index] : [];
}

export function valueAt({ holder, key }: Place): Json | undefined {
  return Array.isArray(holder) ? holder[Number(key)] : Object.hasOwn(holder, key) ? holder[key] : undefined;
}

export function put({ holder, key }: Place, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value; else holder[key] = value;
}

export function take({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1); else delete holder[key];
}

/** The places that a path names. `make`: missing objects on the way are made, and a place may be empty. */
export function placesOf(root: JsonObject, path: string, make = false): Place[] {
  const segments = segmentsOf(path);
  let holders: Container[] = [root];
  for (const segment of segments.slice(0, -1)) holders = holders.flatMap((holder) => keysOf(holder, segment, make).flatMap((key) => below({ holder, key }, make)));
  return holders.flatMap((holder) => keysOf(holder, segments.at(-1)!, make).map((key) => ({ holder, key })));
}

function below(place: Place, make: boolean): Container[] {
  const value = valueAt(place);
  if (isContainer(value)) return [value];
  if (!make || (value !== undefined && value !== null)) return [];
  const made: JsonObject = {};
  put(place, made);
  return [made];
}

/** The first value that a path names. */
export function valueBy(root: JsonObject, path: string): Json | undefined {
  const [place] = placesOf(root, path);
  return place && valueAt(place);
}
