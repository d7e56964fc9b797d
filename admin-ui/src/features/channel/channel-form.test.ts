import { describe, expect, it } from 'vitest';
import { changesOf, emptyForm, inputOf, isJsonObject } from './channel-form.ts';

const before = { ...emptyForm(undefined), name: 'main', type: '1', models: ['gpt-4o'], remark: 'old' };

describe('the form of a channel', () => {
  it.each([
    { that: 'nothing when nothing was touched', after: {}, changes: {} },
    { that: 'only what was changed', after: { name: 'spare', models: ['gpt-4o', 'o3'] }, changes: { name: 'spare', models: ['gpt-4o', 'o3'] } },
    { that: 'an emptied text as none', after: { remark: '' }, changes: { remark: null } },
    { that: 'numbers as numbers', after: { priority: '7' }, changes: { priority: 7 } },
    { that: 'new credentials', after: { credentials: 'a\nb' }, changes: { credentials: ['a\nb'] } },
  ])('sends $that', ({ after, changes }) => expect(changesOf(before, { ...before, ...after })).toEqual(changes));

  it('sends a new channel whole', () => expect(inputOf({ ...before, credentials: 'sk-1' })).toMatchObject({ name: 'main', type: 1, credentials: ['sk-1'], baseUrl: null, groups: ['default'] }));

  it.each([['', true], ['{"a":"b"}', true], ['[]', false], ['null', false], ['{', false]])('takes %j for a mapping: %s', (text, taken) => expect(isJsonObject(text)).toBe(taken));
});
