import { describe, expect, it } from 'vitest';
import { listSearch, logSearch } from './page-search.ts';

describe('what an address says', () => {
  it.each([
    { that: 'a text', raw: { q: 'mini' }, read: { q: 'mini' } },
    { that: 'digits, which the router gives as a number', raw: { q: 42 }, read: { q: '42' } },
    { that: 'an empty text as none', raw: { q: '' }, read: {} },
    { that: 'no object for a text', raw: { q: { a: 1 } }, read: {} },
    { that: 'a position', raw: { offset: 40 }, read: { offset: 40 } },
    { that: 'no position before the first, nor a half one', raw: { offset: -20 }, read: {} },
    { that: 'no half position', raw: { offset: 1.5 }, read: {} },
    { that: 'nothing unknown', raw: { colour: 'red' }, read: {} },
  ])('lists: $that', ({ raw, read }) => expect(listSearch(raw)).toEqual(read));

  it.each([
    { that: 'a kind', raw: { type: 'ERROR', open: 'log_1' }, read: { type: 'ERROR', open: 'log_1' } },
    { that: 'no kind that there is not', raw: { type: 'toString', model: 'gpt-4o' }, read: { model: 'gpt-4o' } },
  ])('logs: $that', ({ raw, read }) => expect(logSearch(raw)).toEqual(read));
});
