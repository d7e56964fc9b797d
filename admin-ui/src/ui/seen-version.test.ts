import { expect, it } from 'vitest';
import { newer } from './seen-version.ts';

it.each([
  { one: undefined, other: undefined, told: undefined }, { one: '3', other: undefined, told: '3' }, { one: undefined, other: '4', told: '4' },
  { one: '9', other: '10', told: '10' }, { one: '10', other: '9', told: '10' }, { one: '7', other: '7', told: '7' },
])('of $one and $other the list is at $told', ({ one, other, told }) => expect(newer(one, other)).toBe(told));
