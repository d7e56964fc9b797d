import { describe, expect, it } from 'vitest';
import type { RelayModels, RelayToolPrice } from '../gql/types.gen.ts';
import { modelSettings, usualModels } from './model-settings.ts';
import { responsesPolicy } from './responses-policy.ts';
import { ToolPrices } from './tool-prices.ts';

describe('settings of models', () => {
  it('are made ready once for each version of them', () => expect(modelSettings(usualModels)).toBe(modelSettings(usualModels)));

  const own: RelayModels = {
    ...usualModels,
    claude: { ...usualModels.claude, limits: [{ name: 'default', count: 100 }, { name: 'claude-x', count: 7 }], headers: [{ model: 'claude-x', name: 'anthropic-beta', values: ['a'] }] },
    gemini: { ...usualModels.gemini, versions: [] },
  };
  const { claude, gemini } = modelSettings(own);
  it.each([
    { name: 'a model of its own', found: claude.limits.of('claude-x'), is: 7 },
    { name: 'the first of several names that is known', found: claude.limits.of('claude-x-thinking', 'claude-x'), is: 7 },
    { name: 'the default for the others', found: claude.limits.of('claude-y'), is: 100 },
    { name: 'the usual value where there is no default', found: gemini.versions.of('gemini-1.0-pro'), is: 'v1beta' },
    { name: 'a share as a fraction', found: claude.thinkingShare, is: 0.8 },
    { name: 'headers by model', found: claude.headers?.get('claude-x'), is: [{ model: 'claude-x', name: 'anthropic-beta', values: ['a'] }] },
  ])('give $name', ({ found, is }) => expect(found).toEqual(is));

  it('have no table of headers where there is none', () => expect(modelSettings(usualModels).claude.headers).toBeUndefined());
});

describe('the price of a call of a tool', () => {
  it.each<{ name: string; own: RelayToolPrice[]; tool: string; model: string; is: number }>([
    { name: 'is the usual one', own: [], tool: 'web_search', model: 'gpt-5', is: 10_000 },
    { name: 'is the one of its models', own: [], tool: 'web_search_preview', model: 'gpt-4.1-mini', is: 25_000 },
    { name: 'is the operator\'s', own: [{ name: 'web_search', price: 3_000_000 }], tool: 'web_search', model: 'gpt-5', is: 3_000 },
    { name: 'is nothing where he says so', own: [{ name: 'file_search', price: 0 }], tool: 'file_search', model: 'gpt-5', is: 0 },
    { name: 'is that of the longest name', own: [{ name: 'web_search:gpt-*', price: 1_000_000 }, { name: 'web_search:gpt-5*', price: 2_000_000 }, { name: 'web_search:g*', price: 9_000_000 }], tool: 'web_search', model: 'gpt-5-mini', is: 2_000 },
    { name: 'may be that of one model', own: [{ name: 'web_search:gpt-5', price: 1_000_000 }], tool: 'web_search', model: 'gpt-5-mini', is: 10_000 },
    { name: 'is nothing for a tool that nobody knows', own: [], tool: 'other', model: 'gpt-5', is: 0 },
  ])('$name', ({ own, tool, model, is }) => expect(new ToolPrices(own).of(tool, model)).toBe(is));
});

describe('the policy of openai-responses', () => {
  const policy = { allChannels: false, channels: [7], types: [3], models: ['^gpt-5', '('] };
  it.each([
    { name: 'a channel by its number', model: 'gpt-5-mini', channel: { id: 7, type: 1 }, is: true },
    { name: 'a channel by its type', model: 'gpt-5-mini', channel: { id: 8, type: 3 }, is: true },
    { name: 'no other channel', model: 'gpt-5-mini', channel: { id: 8, type: 1 }, is: false },
    { name: 'no other model', model: 'gpt-4o', channel: { id: 7, type: 1 }, is: false },
  ])('names $name', ({ model, channel, is }) => expect(responsesPolicy(policy)(model, channel)).toBe(is));
  it('may name all channels', () => expect(responsesPolicy({ ...policy, allChannels: true })('gpt-5', { id: 1, type: 1 })).toBe(true));
});
