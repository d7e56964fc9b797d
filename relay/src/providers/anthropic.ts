import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { claudeSuffixes } from './parts/model-suffixes.ts';
import { anthropicModels } from './asking/model-lists.ts';
import { headerKey, provider } from './provider.ts';

/** Wire notes: fixtures/anthropic/README.md */
export const anthropic = provider({
  name: 'anthropic',
  label: 'Anthropic',
  type: 14,
  baseUrl: 'https://api.anthropic.com',
  credential: { apiKey: 'secret' },
  authorize: headerKey('x-api-key', 'apiKey'),
  speaks: [anthropicMessages],
  serves: { 'count-tokens': {} },
  suffixes: claudeSuffixes,
  house: true,
  suggestedModels: ['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-1'],
  listModels: anthropicModels,
});
