import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { bearer, provider } from './provider.ts';

/** Wire notes: fixtures/deepseek/README.md */
export const deepseek = provider({
  name: 'deepseek',
  label: 'DeepSeek',
  type: 43,
  baseUrl: 'https://api.deepseek.com',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['deepseek-chat', 'deepseek-reasoner'],

  path: (dialect) => (dialect.name === 'anthropic-messages' ? `/anthropic${dialect.path}` : dialect.path),

  // Cache hits stand at the top level of `usage`, where the dialect does not look.
  readUsage: (wire, usual) => {
    const hit = wire['prompt_cache_hit_tokens'];
    return typeof hit === 'number' ? { ...usual, cacheRead: hit } : usual;
  },
});
