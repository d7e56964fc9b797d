import { expect, it } from 'vitest';
import { dollarsOf, formOf, inputOf, isRatio, type PriceRow } from './price-form.ts';

const set = { modelRatio: '1.25', completionRatio: '4', cacheRatio: null, createCacheRatio: null, imageRatio: null, audioRatio: null, audioCompletionRatio: null, callPrice: null, tiered: false, expression: null };
const row: PriceRow = { model: 'gpt-4o', version: '7', mode: 'RATIO', since: '2026-11-20T00:00:00Z', set, effective: null };

const { expression: _kept, ...sent } = set;

it('keeps what was set, and unsets what was emptied', () => {
  expect(inputOf({ ...formOf(row), completionRatio: ' ' })).toEqual({ model: 'gpt-4o', ...sent, completionRatio: null });
});

it('has either ratios or a price by request', () => {
  expect(inputOf({ ...formOf(row), byCall: true, callPrice: '0.04' })).toEqual({ model: 'gpt-4o', ...sent, modelRatio: null, completionRatio: null, callPrice: '0.04' });
});

it('leaves ratios beside an expression as they are', () => {
  expect(inputOf({ ...formOf(row), tiered: true, expression: ' p * 2 ' })).toEqual({ model: 'gpt-4o', tiered: true, expression: 'p * 2' });
});

it.each(['0', '1.25', ' 37.5 ', '0.000001'])('takes %j', (text) => expect(isRatio(text)).toBe(true));
it.each(['', '-1', '1e3', '0.0000001', 'x', '1,5'])('does not take %j', (text) => expect(isRatio(text)).toBe(false));
it('shows dollars for a million tokens', () => expect([dollarsOf('1.25'), dollarsOf('1.25', '4')]).toEqual([2.5, 10]));
