import { describe, expect, it } from 'vitest';
import { formatDuration, formatQuota, readAmount } from './format.ts';

describe('formatQuota', () => {
  it.each([
    { quota: '0', shown: '$0.00' },
    { quota: '500000', shown: '$1.00' },
    { quota: '3625', shown: '$0.00725' },
    { quota: '1', shown: '$0.000002' },
    { quota: '10000', shown: '$0.0200' },
    { quota: '-500000', shown: '-$1.00' },
  ])('shows $quota units as $shown', ({ quota, shown }) => expect(formatQuota(quota, 500_000, 'en')).toBe(shown));
});

describe('readAmount', () => {
  it.each([
    { text: '5', quota: '2500000' },
    { text: '$5', quota: '2500000' },
    { text: '0.01 USD', quota: '5000' },
    { text: '2,500,000 quota', quota: '2500000' },
    { text: 'five', quota: undefined },
    { text: '99999999999999', quota: undefined },
  ])('reads "$text"', ({ text, quota }) => expect(readAmount(text, 500_000)).toBe(quota));
});

describe('formatDuration', () => {
  it.each([{ ms: 212, shown: '212ms' }, { ms: 1842, shown: '1.84s' }, { ms: null, shown: '–' }])(
    'shows $ms as $shown', ({ ms, shown }) => expect(formatDuration(ms, 'en')).toBe(shown));
});
