import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const together = provider({
  ...compatible,
  name: 'together',
  label: 'Together AI',
  type: 1,
  preset: true,
  baseUrl: 'https://api.together.xyz',
  suggestedModels: ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'deepseek-ai/DeepSeek-V3.1'],
  able: { documents: false },
  serves: { completions: {}, embeddings: {}, rerank: {}, 'image-generations': {} },
});
