import { expect, it } from 'vitest';
import { Cursors, listName } from './cursors.ts';

const cursors = new Cursors(Buffer.alloc(32, 1));
const list = listName('channels', { status: 'ENABLED' });
const made = cursors.write(list, { value: 7, id: 1 });

it.each([
  { name: 'text', value: 'name' },
  { name: 'a number', value: 7 },
  { name: 'a big integer', value: 9_007_199_254_740_993n },
  { name: 'a time', value: new Date(1_700_000_000_123) },
  { name: 'nothing', value: null },
])('gives back $name', ({ value }) => expect(cursors.read(list, cursors.write(list, { value, id: 3 }))).toEqual({ value, id: 3 }));

const flip = (text: string, at: number) => { const bytes = Buffer.from(text, 'base64url'); bytes[at]! ^= 1; return bytes.toString('base64url'); };

it.each([
  { name: 'refuses a cursor of another filter', text: cursors.write(listName('channels', { status: 'DISABLED' }), { value: 7, id: 1 }) },
  { name: 'refuses a cursor of another list', text: cursors.write(listName('tokens', { status: 'ENABLED' }), { value: 7, id: 1 }) },
  { name: 'refuses a changed value', text: flip(made, 20) },
  { name: 'refuses a changed signature', text: flip(made, 0) },
  { name: 'refuses a cursor signed with another key', text: new Cursors(Buffer.alloc(32, 2)).write(list, { value: 7, id: 1 }) },
  { name: 'refuses any text', text: 'hello' },
  { name: 'refuses nothing', text: '' },
])('$name', ({ text }) => {
  expect(() => cursors.read(list, text)).toThrow(expect.objectContaining({ extensions: { code: 'CURSOR_MISMATCH' } }));
});
