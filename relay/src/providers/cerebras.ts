import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const cerebras = provider({
  ...compatible,
  name: 'cerebras',
  label: 'Cerebras',
  type: 1,
  preset: true,
  baseUrl: 'https://api.cerebras.ai',
  suggestedModels: ['gpt-oss-120b', 'qwen-3-235b-a22b-instruct-2507'],
  able: { images: 'none', documents: false, audio: false, severalAnswers: false },
  serves: { completions: {} },
});
