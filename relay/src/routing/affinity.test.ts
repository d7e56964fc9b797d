import { expect, it } from 'vitest';
import { Affinity, type Conversation } from './affinity.ts';

const usual = { model_regex: ['^gpt-'], path_regex: ['/v1/responses'], key_sources: [{ type: 'gjson', path: 'prompt_cache_key' }], skip_retry_on_failure: true, include_using_group: true, include_rule_name: true };
const setting = (rule: object = {}, more: object = {}): string => JSON.stringify({
  switch_on_success: true, keep_on_channel_disabled: false, max_entries: 3, default_ttl_seconds: 60, rules: [{ name: 'r', ...usual, ...rule }], ...more,
});
const asked = (body: object, more: Partial<Conversation> = {}): Conversation => ({
  body: Buffer.from(JSON.stringify(body)), model: 'gpt-5', path: '/v1/responses', group: 'default', tokenId: 7, userId: 9, headers: new Map([['x-session', 's1'], ['user-agent', 'codex/1']]), ...more,
});

it('the next request of a conversation finds the channel of the last, another conversation does not', () => {
  const affinity = new Affinity(() => 0), text = setting();
  affinity.bondOf(text, asked({ prompt_cache_key: 'a' }))!.keep(4);
  expect(['a', 'b'].map((key) => affinity.bondOf(text, asked({ input: 'x', prompt_cache_key: key }))?.channelId)).toEqual([4, undefined]);
  expect(affinity.bondOf(text, asked({ prompt_cache_key: 'a' }, { group: 'vip' }))?.channelId).toBeUndefined();
});

it.each<{ name: string; text: string | null; of: Conversation }>([
  { name: 'no rules', text: null, of: asked({ prompt_cache_key: 'a' }) },
  { name: 'another model', text: setting(), of: asked({ prompt_cache_key: 'a' }, { model: 'claude' }) },
  { name: 'another path', text: setting(), of: asked({ prompt_cache_key: 'a' }, { path: '/v1/chat/completions' }) },
  { name: 'no key', text: setting(), of: asked({ input: 'x' }) },
  { name: 'an empty key', text: setting(), of: asked({ prompt_cache_key: '' }) },
  { name: 'a key of another form', text: setting({ value_regex: '^c-' }), of: asked({ prompt_cache_key: 'a' }) },
  { name: 'another program', text: setting({ user_agent_include: ['claude'] }), of: asked({ prompt_cache_key: 'a' }) },
])('$name: no bond', ({ text, of }) => expect(new Affinity(() => 0).bondOf(text, of)).toBeUndefined());

it.each([
  { name: 'a member of a member', source: { type: 'gjson', path: 'metadata.user_id' }, body: { metadata: { user_id: 'u' } } },
  { name: 'a header', source: { type: 'request_header', key: 'X-Session' }, body: {} },
  { name: 'what the relay knows', source: { type: 'context_int', key: 'token_id' }, body: {} },
])('$name makes a bond', ({ source, body }) => expect(new Affinity(() => 0).bondOf(setting({ key_sources: [source] }), asked(body))).toBeDefined());

it('a bond ends with its time, and the oldest ones when there are too many', () => {
  let now = 0;
  const affinity = new Affinity(() => now), text = setting(), channelOf = (key: string) => affinity.bondOf(text, asked({ prompt_cache_key: key }))?.channelId;
  for (const key of ['a', 'b', 'c', 'd']) affinity.bondOf(text, asked({ prompt_cache_key: key }))!.keep(1);
  expect(['a', 'b', 'd'].map(channelOf)).toEqual([undefined, 1, 1]);
  now = 60_001;
  expect(channelOf('d')).toBeUndefined();
});

it.each([{ name: 'is remembered instead', switches: true, is: 2 }, { name: 'is not, when the operator says so', switches: false, is: 1 }])('another channel that answered $name', ({ switches, is }) => {
  const affinity = new Affinity(() => 0), text = setting({}, { switch_on_success: switches }), bond = () => affinity.bondOf(text, asked({ prompt_cache_key: 'a' }))!;
  bond().keep(1);
  bond().keep(2);
  expect(bond().channelId).toBe(is);
});
