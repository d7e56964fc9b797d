import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { cutBytes } from './cut-bytes.ts';
import { JsonArrayReader } from './json-array-reader.ts';

function read(pieces: readonly Buffer[], cap?: number): unknown[] {
  const reader = new JsonArrayReader(cap);
  return pieces.flatMap((piece) => { const frames = reader.push(piece); return frames instanceof Failure ? [frames.code] : frames.map((frame): unknown => JSON.parse(frame.data)); });
}

describe('JsonArrayReader', () => {
  it.each([
    { name: 'elements with signs of structure in their texts', text: '[{"a":"}],{\\"["},{"b":[1,{"c":2}]}]', is: [{ a: '}],{"[' }, { b: [1, { c: 2 }] }] },
    { name: 'white space as providers write it', text: '[{\n "a": 1\n}\n,\r\n{"b":2}\n]\n', is: [{ a: 1 }, { b: 2 }] },
    { name: 'a list that breaks off', text: '[{"a":1},{"b":', is: [{ a: 1 }] },
    { name: 'an empty list', text: '[]', is: [] },
  ])('tells $name', ({ text, is }) => expect(read([Buffer.from(text)])).toEqual(is));

  it('tells the same wherever it is cut', () => {
    fc.assert(fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))), fc.array(fc.nat(5_000)), (list, places) => {
      const text = JSON.stringify(list, undefined, 1);
      expect(read(cutBytes(Buffer.from(text), places))).toEqual(JSON.parse(text));
    }), { numRuns: 200 });
  });

  it('gives up on an element that is too large', () => {
    expect(read([Buffer.from(`[{"a":"${'x'.repeat(50)}`), Buffer.from('y"}]')], 20)).toContain('bad_response_body');
  });
});
