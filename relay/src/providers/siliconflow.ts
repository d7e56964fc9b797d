import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { list, member, wire } from '../dialects/json-member.ts';
import { balanceAt } from './asking/balances.ts';
import { compatible } from './parts/compatible.ts';
import { openaiOnly, picturesAt } from './parts/pictures.ts';
import { provider } from './provider.ts';
import { isThinking, renamed, without } from './parts/request-edits.ts';

/** Providers 5. */
export const siliconflow = provider({
  ...compatible,
  name: 'siliconflow',
  label: 'SiliconFlow',
  type: 40,
  baseUrl: 'https://api.siliconflow.cn',
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['deepseek-ai/DeepSeek-V3.2', 'Qwen/Qwen3-235B-A22B-Instruct-2507', 'moonshotai/Kimi-K2-Instruct-0905', 'BAAI/bge-m3', 'BAAI/bge-reranker-v2-m3'],
  able: { oneCall: false, documents: false, audio: false },
  serves: {
    completions: {}, embeddings: {}, transcriptions: {}, speech: {}, rerank: {},
    'image-generations': {
      writeRequest: (request) => renamed(renamed(without(request, ...openaiOnly), 'size', 'image_size'), 'n', 'batch_size'),
      ...picturesAt(({ images, data }) => [...list(images), ...list(data)].map((each) => member(each, 'url') ?? null)),
    },
  },
  balance: balanceAt('/v1/user/info', ['data', 'totalBalance'], ({ base }) => (base.includes('siliconflow.com') ? 'USD' : 'CNY')),

  writeRequest: (written, { reasoning }, dialect) => {
    const thinks = isThinking(written);
    return dialect === openaiChat ? wire({ ...without(written, 'reasoning_effort'), enable_thinking: thinks, thinking_budget: thinks === false ? undefined : reasoning?.budgetTokens }) : written;
  },
});
