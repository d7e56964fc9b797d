import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memberScan } from './json-scan.ts';
import { memberRemovals } from './member-removal.ts';
import { splice } from './splice.ts';

const gone = ['stream', 'alt', 'gone'];
const scan = memberScan(gone);

function without(text: string): string {
  const bytes = Buffer.from(text), found = scan(bytes);
  if (!('members' in found)) throw new Error(found.reason);
  return splice(bytes, memberRemovals(bytes, [...found.members.values()])).toString();
}

it('takes members out wherever they stand, and nothing else', () => {
  const names = fc.uniqueArray(fc.constantFrom(...gone, 'a', 'b"c', 'x,y'), { minLength: 0, maxLength: 6 });
  fc.assert(fc.property(names, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, 1, '\t'), (list, value, indent) => {
    const given = Object.fromEntries(list.map((name) => [name, value]));
    const kept = Object.fromEntries(list.filter((name) => !gone.includes(name)).map((name) => [name, value]));
    expect(JSON.parse(without(JSON.stringify(given, undefined, indent)))).toEqual(JSON.parse(JSON.stringify(kept)));
  }), { numRuns: 500 });
});

it('leaves the bytes around as they are', () => {
  expect(without('{ "stream" : false , "n":1.0,"alt":"sse" }')).toBe('{ "n":1.0 }');
});
