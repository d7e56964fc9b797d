import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5: 360. Its older address is ai.360.cn. */
export const threeSixty = provider({
  ...compatible,
  name: 'three-sixty',
  label: '360 Zhinao',
  type: 19,
  baseUrl: 'https://api.360.cn',
  suggestedModels: ['360gpt2-pro', '360gpt-turbo'],
  serves: { embeddings: {} },
});
