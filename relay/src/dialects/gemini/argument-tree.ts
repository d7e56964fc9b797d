/**
 * Arguments that come in pieces, each under its path (`$.a.b[0]`), as Vertex streams them. The text of the JSON is known only at
 * the end: https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling
 */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';
import { given, givenText } from './given.ts';

type Key = string | number;

/** More elements than that are a fault of the upstream, and would be filled with nothing. */
const longestList = 10_000;

export class ArgumentTree {
  private readonly root: JsonObject = {};
  /** The text that still grows, by its path. */
  private growing: string | undefined;

  add(piece: Json): void {
    const path = givenText(piece, 'jsonPath') ?? '';
    const keys = keysOf(path);
    if (!keys.length) return;
    const said = givenText(piece, 'stringValue');
    if (said === undefined) this.put(keys, () => plainOf(piece));
    else this.put(keys, (before) => (this.growing === path && typeof before === 'string' ? before + said : said));
    this.growing = given(piece, 'willContinue') === true ? path : undefined;
  }

  get text(): string { return JSON.stringify(this.root); }

  private put(keys: readonly Key[], value: (before: Json | undefined) => Json): void {
    let at: JsonObject | Json[] = this.root;
    for (const [index, key] of keys.entries()) {
      const before: Json | undefined = read(at, key);
      const next = keys[index + 1];
      if (next === undefined) { write(at, key, value(before)); return; }
      const inner: JsonObject | Json[] = isObject(before) || Array.isArray(before) ? before : typeof next === 'number' ? [] : {};
      write(at, key, inner);
      at = inner;
    }
  }
}

const read = (at: JsonObject | Json[], key: Key): Json | undefined =>
  (Array.isArray(at) ? at[Number(key)] : Object.hasOwn(at, key) ? at[key] : undefined);

function write(at: JsonObject | Json[], key: Key, value: Json): void {
  if (!Array.isArray(at)) Object.defineProperty(at, key, { value, writable: true, enumerable: true, configurable: true });
  else if (Number(key) <= at.length && Number(key) < longestList) at[Number(key)] = value;
}

function plainOf(piece: Json): Json {
  for (const name of ['numberValue', 'boolValue']) {
    const value = given(piece, name);
    if (value !== undefined) return value;
  }
  return null;
}

/** `$.a['b c'][0]` */
function keysOf(path: string): Key[] {
  return [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)]
    .map(([, name, index, single, double]) => (index === undefined ? name ?? single ?? double ?? '' : Number(index)));
}
