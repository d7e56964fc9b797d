import { expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { authenticate } from './authenticate.ts';
import { fixedSnapshot, keyOf, lookup, type PictureData } from '../testing/fixed-snapshot.ts';

const now = 1_000_000;
const judge = (data: PictureData, pin?: string, secret: string | undefined = keyOf('a')): string => {
  const caller = authenticate({ secret, pin }, { startedAt: now, clientAddress: '203.0.113.7' }, fixedSnapshot(data), lookup);
  return caller instanceof Failure ? `${caller.status} ${caller.code}` : `${caller.user.username} in ${caller.group.name}${caller.pinned ? ` on ${caller.pinned.id}` : ''}`;
};
const token = (more: object): PictureData => ({ tokens: [{ key: keyOf('a'), ...more }] });
const admin = { users: [{ role: 10 }], channels: [{ id: 3 }, { id: 4, status: 'DISABLED' as const }] };

it.each([
  { name: 'a good key in the group of its owner', data: {}, is: 'ann in default' },
  { name: 'a key that is disabled', data: token({ status: 'DISABLED' }), is: '403 access_denied' },
  { name: 'a key that is marked as expired', data: token({ status: 'EXPIRED' }), is: '401 token_expired' },
  { name: 'a key whose time has come', data: token({ expiresAt: now }), is: '401 token_expired' },
  { name: 'a key whose time has not come', data: token({ expiresAt: now + 1 }), is: 'ann in default' },
  { name: 'a key that is used up', data: token({ status: 'EXHAUSTED' }), is: '403 insufficient_user_quota' },
  { name: 'an address that is not listed', data: token({ allowIps: ['10.0.0.0/8'] }), is: '403 access_denied' },
  { name: 'an address that is', data: token({ allowIps: ['203.0.113.0/24'] }), is: 'ann in default' },
  { name: 'an owner who is banned', data: { users: [{ enabled: false }] }, is: '403 access_denied' },
  { name: 'an owner who is gone', data: { users: [] }, is: '401 invalid_api_key' },
  { name: 'a group that anybody may choose', data: { ...token({ group: 'vip' }), groups: [{}, { name: 'vip' }] }, is: 'ann in vip' },
  { name: 'a group that nobody may choose', data: { ...token({ group: 'vip' }), groups: [{}, { name: 'vip', selectable: false }] }, is: '403 access_denied' },
  { name: 'a group that only its members may use, for a member', data: { users: [{ group: 'vip' }], groups: [{ name: 'vip', selectable: false }] }, is: 'ann in vip' },
  { name: 'a group that others may not choose, but users of this one', data: { ...token({ group: 'vip' }), groups: [{}, { name: 'vip', selectable: false, allowed: ['default'] }] }, is: 'ann in vip' },
  { name: 'a group that others may choose, but not users of this one', data: { ...token({ group: 'vip' }), groups: [{}, { name: 'vip', refused: ['default'] }] }, is: '403 access_denied' },
  { name: 'the own group, whatever is refused', data: { groups: [{ refused: ['default'], selectable: false }] }, is: 'ann in default' },
  { name: 'a group that is gone', data: token({ group: 'old' }), is: '403 access_denied' },
  { name: 'the status comes before the address', data: token({ status: 'DISABLED', allowIps: ['10.0.0.0/8'] }), is: '403 access_denied' },
])('$name', ({ data, is }) => expect(judge(data)).toBe(is));

it.each([
  { name: 'an admin may name a channel', data: admin, pin: '3', is: 'ann in default on 3' },
  { name: 'nobody else may', data: { channels: [{ id: 3 }] }, pin: '3', is: '403 access_denied' },
  { name: 'a channel that is no number', data: admin, pin: 'x', is: '400 invalid_request' },
  { name: 'a channel that does not exist', data: admin, pin: '9', is: '400 invalid_request' },
  { name: 'a channel that is disabled', data: admin, pin: '4', is: '403 access_denied' },
])('$name', ({ data, pin, is }) => expect(judge(data, pin)).toBe(is));

it('gives missing, malformed and unknown keys the very same refusal', () => {
  const refusals = [undefined, keyOf('z')].map((secret) => authenticate({ secret, pin: undefined }, { startedAt: now, clientAddress: '' }, fixedSnapshot({}), lookup));
  expect(refusals[0]).toBeInstanceOf(Failure);
  expect(refusals[0]).toBe(refusals[1]);
});

it('applies the ratio that the group of the owner has there, in place of that of the group', () => {
  const special = { ratios: [{ userGroup: 'other', ratio: 9_000_000 }, { userGroup: 'default', ratio: 500_000 }] };
  const caller = authenticate({ secret: keyOf('a'), pin: undefined }, { startedAt: now, clientAddress: '' }, fixedSnapshot({ ...token({ group: 'vip' }), groups: [{}, { name: 'vip', ratio: 2_000_000, ...special }] }), lookup);
  expect(caller).toMatchObject({ group: { name: 'vip', ratio: 500_000 } });
});
