import { describe, expect, it } from 'vitest';
import { readEndpoints } from './endpoint-text.ts';
import { NameRule, rowFinder } from './name-rule.ts';

describe('the row that speaks for a model', () => {
  const row = (name: string, nameRule: NameRule) => ({ name, nameRule });
  const find = rowFinder([
    row('gpt-4o', NameRule.EXACT), row('gpt-', NameRule.PREFIX), row('gpt-4', NameRule.PREFIX), row('-mini', NameRule.SUFFIX), row('turbo', NameRule.CONTAINS), row('4', NameRule.CONTAINS),
  ]);

  it.each([
    { model: 'gpt-4o', name: 'gpt-4o', why: 'is the exact one' }, { model: 'gpt-4o-mini', name: 'gpt-4', why: 'has the longest beginning' }, { model: 'gpt-5', name: 'gpt-', why: 'has a beginning' },
    { model: 'phi-mini', name: '-mini', why: 'has an end, before a part' }, { model: 'qwen-turbo-4', name: 'turbo', why: 'has the longest part' }, { model: 'GPT-4o', name: '4', why: 'minds capital letters' }, { model: 'claude', name: undefined, why: 'may be none' },
  ])('$why: $model', ({ model, name }) => expect(find(model)?.name).toBe(name));
});

describe('endpoints as people write them', () => {
  it.each([
    { text: '', read: [] }, { text: ' ', read: [] }, { text: '["openai","gemini"]', read: [{ type: 'openai' }, { type: 'gemini' }] },
    { text: '{"openai":"/v1/x"}', read: [{ type: 'openai', path: '/v1/x', method: 'POST' }] }, { text: '{"list":{"path":"/v1/l","method":"get"}}', read: [{ type: 'list', path: '/v1/l', method: 'GET' }] },
    { text: '{}', read: [] },
  ])('$text', ({ text, read }) => expect(readEndpoints(text)).toEqual(read));

  it.each(['openai', '"openai"', '1', 'null', '[1]', '[""]', '{"openai":"no slash"}', '{"openai":{"path":1}}', '{"openai":{"path":"/x","method":"G1"}}', `[${'"a",'.repeat(50)}"b"]`])(
    'are none: %s', (text) => expect(readEndpoints(text)).toBeUndefined());
});
