import { expect, it } from 'vitest';
import { Cursors, listScope } from './cursor.ts';

const cursors = new Cursors(Buffer.alloc(32, 1));
const scope = listScope('channels', { status: 'ENABLED' });

it('gives back the values it was made of', () => {
  const values = ['name', 7, 9_007_199_254_740_993n, new Date(1_700_000_000_123), true];
  expect(cursors.read(scope, cursors.write(scope, values))).toEqual(values);
});

const thrown = (work: () => unknown): unknown => {
  try { return work(); } catch (error) { return (error as { extensions: { code: string } }).extensions.code; }
};
const flip = (text: string, at: number) => { const bytes = Buffer.from(text, 'base64url'); bytes[at]! ^= 1; return bytes.toString('base64url'); };

it.each([
  { name: 'refuses a cursor of another filter', text: cursors.write(listScope('channels', { status: 'DISABLED' }), [1]), code: 'CURSOR_MISMATCH' },
  { name: 'refuses a cursor of another list', text: cursors.write(listScope('tokens', { status: 'ENABLED' }), [1]), code: 'CURSOR_MISMATCH' },
  { name: 'refuses a changed value', text: flip(cursors.write(scope, [1]), 20), code: 'BAD_USER_INPUT' },
  { name: 'refuses a changed signature', text: flip(cursors.write(scope, [1]), 0), code: 'BAD_USER_INPUT' },
  { name: 'refuses a cursor signed with another key', text: new Cursors(Buffer.alloc(32, 2)).write(scope, [1]), code: 'BAD_USER_INPUT' },
  { name: 'refuses any text', text: 'hello', code: 'BAD_USER_INPUT' },
  { name: 'refuses nothing', text: '', code: 'BAD_USER_INPUT' },
])('$name', ({ text, code }) => expect(thrown(() => cursors.read(scope, text))).toBe(code));
