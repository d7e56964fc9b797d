import { expect, it } from 'vitest';
import { compare } from './shape.ts';

it.each([
  { name: 'the same kinds', actual: { a: 1, b: [{ c: 'x' }] }, example: { a: 2, b: [{ c: 'y' }] }, said: [] },
  { name: 'a missing member', actual: {}, example: { a: 1 }, said: ['a is missing'] },
  { name: 'a member too many', actual: { a: 1, b: 2 }, example: { a: 1 }, said: ['b is not in the contract'] },
  { name: 'a number that is text', actual: { a: { b: '1' } }, example: { a: { b: 1 } }, said: ['a.b is string, not number'] },
  { name: 'a null', actual: { a: null }, example: { a: 1 }, said: ['a is null, not number'] },
  { name: 'an empty list, which shows nothing', actual: { a: [] }, example: { a: [1] }, said: ['a is empty: the test shows nothing'] },
  { name: 'every item of a list', actual: [{ a: 1 }, { b: 1 }], example: [{ a: 1 }], said: ['[].a is missing', '[].b is not in the contract'] },
  { name: 'anything where the example is null', actual: { a: 'x' }, example: { a: null }, said: [] },
])('tells $name', ({ actual, example, said }) => expect(compare(actual, example)).toEqual(said));

it('compares the values of a map, whatever its keys are', () => {
  const example = { m: { first: { a: 1 } } };
  expect(compare({ m: { x: { a: 1 }, y: { a: 2 } } }, example, '', { maps: ['m'] })).toEqual([]);
  expect(compare({ m: { x: { a: '1' } } }, example, '', { maps: ['m'] })).toEqual(['m.*.a is string, not number']);
});
