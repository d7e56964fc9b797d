import { expect, it } from 'vitest';
import { freezePrice, selfUsePrice } from '../quota/price.ts';
import { admission } from '../quota/testing/exchange.ts';
import type { Admission } from '../quota/reservation.ts';
import { packNote, unpackNote } from './reserved-note.ts';

const parts = [{ leaseId: '1', account: 'user:1', amount: '7' }, { leaseId: '2', account: 'token:2', amount: '3' }];
const distinct = freezePrice({
  model: 'm', version: 2, mode: 'RATIO', modelRatio: 3, callPrice: 4, completionRatio: 5, cacheReadRatio: 6, cacheWriteRatio: 7, cacheWrite1hRatio: 8, imageRatio: 9, audioRatio: 10, audioCompletionRatio: 11,
}, 12, 13);
const rule = { text: 'p * 2', sha256: 'ab', asked: { at: 1, texts: [] }, held: { tier: null, value: 3 } } as unknown as Admission['price']['rule'];

it.each<{ name: string; more: Partial<Admission> }>([
  { name: 'every value in its own place', more: { startedAt: 21, userId: 22, tokenId: 23, tokenUnlimited: false, group: 'g', model: 'm', dialect: 'd', path: '/p', stream: false, clientAddress: '::1', clientRequestId: 'r', snapshotVersion: 24, price: distinct, estimatedInput: 25 } },
  { name: 'a price by call, and how many', more: { price: freezePrice(selfUsePrice('m'), 1, 2), units: { count: 3, ratio: 4 } } },
  { name: 'a price that is an expression', more: { price: { ...distinct, ...(rule ? { rule } : {}) } } },
  { name: 'names of any script, and signs that JSON escapes', more: { model: 'модель "x"\n', group: '组', clientRequestId: '\u2028' } },
])('a reservation is read as it was written: $name', ({ more }) => {
  const note = { admission: admission('charge', 5, more), hold: 6, parts };
  expect(unpackNote('charge', packNote(note))).toEqual(note);
});
