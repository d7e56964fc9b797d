import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursors, listName, type CursorValue } from './cursors.ts';

const cursors = new Cursors(randomBytes(32));
const value: fc.Arbitrary<CursorValue> = fc.oneof(fc.date({ noInvalidDate: true }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.integer(), fc.string(), fc.constant(null));

describe('a cursor', () => {
  it('reads back what was written, for its own list', () => {
    fc.assert(fc.property(value, fc.nat(), fc.string(), (given, id, list) => {
      expect(cursors.read(list, cursors.write(list, { value: given, id }))).toEqual({ value: given, id });
    }));
  });

  it('is refused for another list, by another key, and when any character was changed', () => {
    fc.assert(fc.property(value, fc.nat(), fc.nat(), (given, id, at) => {
      const cursor = cursors.write('mine', { value: given, id }), place = at % cursor.length;
      const changed = cursor.slice(0, place) + (cursor[place] === 'A' ? 'Q' : 'A') + cursor.slice(place + 1);
      expect(() => cursors.read('theirs', cursor)).toThrow('does not belong');
      expect(() => new Cursors(randomBytes(32)).read('mine', cursor)).toThrow('does not belong');
      // The last character may hold bits that no byte has: then the bytes are the same.
      if (!Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url'))) expect(() => cursors.read('mine', changed)).toThrow('does not belong');
    }));
  });

  it.each(['', 'x', '!!!', 'A'.repeat(100), 'A'.repeat(10_000)])('is not %s', (text) => {
    expect(() => cursors.read('mine', text)).toThrow('does not belong');
  });
});

it('a list is named by everything that decides its rows', () => {
  expect(listName('Token', 'id', 'ASC', { search: 'a' })).not.toBe(listName('Token', 'id', 'ASC', { search: 'b' }));
  expect(listName('Token', { id: 1n })).toBe(listName('Token', { id: 1n }));
});
