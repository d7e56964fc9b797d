import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { bearer, provider } from './provider.ts';

/** Wire notes: fixtures/openai/README.md */
export const openai = provider({
  name: 'openai',
  label: 'OpenAI',
  type: 1,
  baseUrl: 'https://api.openai.com',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat],
  suggestedModels: ['gpt-5.1', 'gpt-5', 'gpt-5-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4o-mini', 'o3', 'o4-mini'],
});
