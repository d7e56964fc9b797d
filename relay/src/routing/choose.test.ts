import fc from 'fast-check';
import { expect, it } from 'vitest';
import { channelOf } from '../pipeline/testing/fixed-snapshot.ts';
import { chooseChannel } from './choose.ts';

const channels = (...list: [id: number, priority: number, weight: number][]) =>
  list.map(([id, priority, weight]) => channelOf({ id, priority, weight })).toSorted((a, b) => b.priority - a.priority);
const pick = (list: ReturnType<typeof channels>, tried: number[], attempt: number, chance = 0, resting: number[] = []): number =>
  chooseChannel(list, tried, { attempt, resting: new Set(resting), chance: () => chance }).id;

it.each([
  { name: 'the highest priority comes first', list: channels([1, 0, 5], [2, 9, 0]), tried: [], attempt: 0, chance: 0, is: 2 },
  { name: 'the second attempt goes one step down', list: channels([1, 0, 0], [2, 9, 0], [3, 9, 0]), tried: [2], attempt: 1, chance: 0, is: 1 },
  { name: 'where nothing is left below, an untried one above serves', list: channels([1, 0, 0], [2, 9, 0], [3, 9, 0]), tried: [2, 1], attempt: 2, chance: 0, is: 3 },
  { name: 'in the last step an untried one comes before a tried one', list: channels([1, 0, 0], [2, 0, 0]), tried: [1], attempt: 1, chance: 0, is: 2 },
  { name: 'when all were tried, the last step starts again', list: channels([1, 0, 0], [2, 9, 0]), tried: [2, 1], attempt: 2, chance: 0, is: 1 },
  { name: 'weight zero gets nothing while a weighted one is there', list: channels([1, 0, 0], [2, 0, 1]), tried: [], attempt: 0, chance: 0, is: 2 },
  { name: 'weight zero serves when every weighted one was tried', list: channels([1, 0, 0], [2, 0, 1]), tried: [2], attempt: 1, chance: 0, is: 1 },
  { name: 'all zero: equal shares', list: channels([1, 0, 0], [2, 0, 0]), tried: [], attempt: 0, chance: 0.5, is: 2 },
  { name: 'a share by weight', list: channels([1, 0, 3], [2, 0, 1]), tried: [], attempt: 0, chance: 0.74, is: 1 },
  { name: 'the rest of it', list: channels([1, 0, 3], [2, 0, 1]), tried: [], attempt: 0, chance: 0.76, is: 2 },
])('$name', ({ list, tried, attempt, chance, is }) => expect(pick(list, tried, attempt, chance)).toBe(is));

it('passes over what rests, also into a lower priority, and comes back when all rest', () => {
  const list = channels([1, 9, 0], [2, 0, 0]);
  expect(pick(list, [], 0, 0, [1])).toBe(2);
  expect(pick(list, [], 0, 0, [1, 2])).toBe(1);
});

it('never comes back to a tried channel while an untried one exists', () => {
  const many = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(many, fc.double({ min: 0, max: 0.999, noNaN: true }), (list, chance) => {
    const all = channels(...list.map(([priority, weight], index): [number, number, number] => [index + 1, priority, weight]));
    const tried: number[] = [];
    for (let attempt = 0; attempt < all.length; attempt++) tried.push(pick(all, tried, attempt, chance));
    expect(new Set(tried).size).toBe(all.length);
  }));
});
