import { describe, expect, it } from 'vitest';
import { mask, maskChange } from './mask.ts';
import { targetsOf } from './targets.ts';

describe('what is kept of arguments', () => {
  it.each([
    { name: 'passwords', given: { input: { password: 'x', originalPassword: 'y' } }, kept: { input: { password: '***', originalPassword: '***' } } },
    { name: 'credentials', given: { credentials: ['sk-1', 'sk-2'] }, kept: { credentials: '***' } },
    { name: 'codes of a redemption or a second factor', given: { code: 'abc' }, kept: { code: '***' } },
    { name: 'sealed values under any name', given: { extra: 'w1.1.abc.def' }, kept: { extra: '***' } },
    { name: 'settings that are secrets', given: { input: [{ key: 'SMTPToken', value: 'x' }, { key: 'oidc.client_secret', value: 'y' }] }, kept: { input: [{ key: 'SMTPToken', value: '***' }, { key: 'oidc.client_secret', value: '***' }] } },
    { name: 'settings that are none, whole', given: { key: 'SystemName', value: 'Weir' }, kept: { key: 'SystemName', value: 'Weir' } },
    { name: 'idempotency keys, whole', given: { idempotencyKey: 'k1' }, kept: { idempotencyKey: 'k1' } },
    { name: 'absent secrets, as absent', given: { password: null }, kept: { password: null } },
    { name: 'large numbers as text', given: { quota: 9_007_199_254_740_993n }, kept: { quota: '9007199254740993' } },
    { name: 'long text, cut', given: { text: 'x'.repeat(1_200) }, kept: { text: `${'x'.repeat(1_000)}… (1200 characters)` } },
  ])('$name', ({ given, kept }) => expect(mask(given)).toEqual(kept));
});

it('an update keeps only the columns that differ, also of a secret setting', () => {
  expect(maskChange({ table: 'site_option', row: 'SMTPToken', before: { key: 'SMTPToken', value: 'a', updated_by: 1 }, after: { key: 'SMTPToken', value: 'b', updated_by: 1 } }))
    .toEqual({ table: 'site_option', row: 'SMTPToken', before: { value: '***' }, after: { value: '***' } });
});

it.each([
  { name: 'rows by their public ids', action: 'x', args: {}, changes: [['user_account', '7'], ['token', '9'], ['user_group', 'vip']], targets: ['usr_7', 'tok_9', 'user_group:vip'] },
  { name: 'the id that was given, with the prefix of the mutation', action: 'channelDelete', args: { id: '4' }, changes: [], targets: ['ch_4'] },
  { name: 'the same row once', action: 'userUpdate', args: { id: 'usr_7' }, changes: [['user_account', '7']], targets: ['usr_7'] },
])('an event is about $name', ({ action, args, changes, targets }) => {
  expect(targetsOf(action, args, changes.map(([table, row]) => ({ table: table!, row: row!, before: null, after: null })))).toEqual(targets);
});
