import { describe, expect, it } from 'vitest';
import { changesOf, emptyForm, formOf, inputOf, type TokenRow } from './token-form.ts';

const unit = 500_000;
const row = {
  id: 'tok_1', name: 'laptop', status: 'ENABLED', maskedKey: 'sk-ab…yz', unlimited: false, remaining: '2500000', usedQuota: '0', group: '', models: ['gpt-4o'],
  allowIps: ['10.0.0.0/8', '192.0.2.1'], expiresAt: '2027-01-02T03:04:00.000Z', accessedAt: null, createdAt: '2026-01-01T00:00:00.000Z', version: '3',
} as TokenRow;

describe('the form of a token', () => {
  it('changes nothing when it is saved as it was shown', () => expect(changesOf(formOf(row, unit), formOf(row, unit), unit)).toEqual({}));

  it('gives back the instant that it was given', () => expect(inputOf(formOf(row, unit), unit).expiresAt).toBe(row.expiresAt));

  it.each([
    { that: 'an amount in money', after: { quota: '$7.5' }, changes: { quota: '3750000' } },
    { that: 'no limit, and no amount with it', after: { unlimited: true }, changes: { unlimited: true } },
    { that: 'addresses without empty lines', after: { allowIps: '10.0.0.1\n\n 10.0.0.2 ' }, changes: { allowIps: ['10.0.0.1', '10.0.0.2'] } },
    { that: 'no end', after: { expiresAt: '' }, changes: { expiresAt: null } },
  ])('sends $that', ({ after, changes }) => {
    const before = formOf(row, unit);
    expect(changesOf(before, { ...before, ...after }, unit)).toEqual(changes);
  });

  it('makes a token without any limit unless told', () => expect(inputOf({ ...emptyForm, name: 'x' }, unit)).toEqual({ name: 'x', unlimited: true, expiresAt: null, limitModels: false, models: null, allowIps: [] }));
});
