import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { openrouterBalance } from './asking/balances.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, provider } from './provider.ts';

/** Providers 4.12. */
export const openrouter = provider({
  name: 'openrouter',
  label: 'OpenRouter',
  type: 20,
  baseUrl: 'https://openrouter.ai/api',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat, openaiResponses, anthropicMessages],
  suggestedModels: ['openai/gpt-5.1', 'anthropic/claude-sonnet-4.5', 'google/gemini-2.5-pro', 'deepseek/deepseek-chat', 'qwen/qwen3-max'],
  listModels: modelsAt('/v1/models'),
  balance: openrouterBalance,
});
