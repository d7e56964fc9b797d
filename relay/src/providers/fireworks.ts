import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const fireworks = provider({
  ...compatible,
  name: 'fireworks',
  label: 'Fireworks',
  type: 1,
  preset: true,
  baseUrl: 'https://api.fireworks.ai/inference',
  suggestedModels: ['accounts/fireworks/models/kimi-k2-instruct-0905', 'accounts/fireworks/models/deepseek-v3p1'],
  able: { documents: false },
  serves: { completions: {}, embeddings: {} },
});
