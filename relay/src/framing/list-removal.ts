/** Takes single values out of the lists that hold them, and no other byte. */
import { JsonCursor } from './json-cursor.ts';
import type { Edit } from './splice.ts';

interface Element { start: number; end: number; out: boolean }

const brace = 0x7b;

/**
 * The edits that remove, for each place, the smallest object in a list around it. A list may become empty.
 *
 * @param places offsets inside `bytes`, which is JSON; ascending
 */
export function removals(bytes: Buffer, places: readonly number[]): Edit[] {
  const lists = new Map<number, Element[]>();
  const taken = new Set<number>();
  const cursor = new JsonCursor(bytes);
  cursor.onElement = (list, start, end) => {
    const element = { start, end, out: false };
    // Inner lists come first: the first object that holds a place is the smallest.
    for (let index = bytes[start] === brace ? firstFrom(places, start) : places.length; index < places.length && places[index]! < end; index++) {
      if (taken.has(index)) continue;
      taken.add(index);
      element.out = true;
    }
    const elements = lists.get(list);
    if (elements) elements.push(element); else lists.set(list, [element]);
  };
  cursor.space();
  cursor.value(0);
  return [...lists.values()].flatMap(runsOut);
}

/** The index of the first of these that is not before `start`. */
function firstFrom(places: readonly number[], start: number): number {
  let low = 0, high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < start) low = middle + 1; else high = middle;
  }
  return low;
}

/** Neighbours that go, go in one piece, together with the commas between and on one side of them. */
function runsOut(elements: readonly Element[]): Edit[] {
  const edits: Edit[] = [];
  for (let first = 0; first < elements.length; first++) {
    if (!elements[first]?.out) continue;
    let last = first;
    while (elements[last + 1]?.out) last++;
    const next = elements[last + 1], before = elements[first - 1];
    const start = next || !before ? elements[first]!.start : before.end;
    edits.push({ start, end: next ? next.start : elements[last]!.end, text: '' });
    first = last;
  }
  return edits;
}
