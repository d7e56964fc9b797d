import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5: the application behind the key decides the model; `chatId`, `detail` and `variables` pass. */
export const fastgpt = provider({
  ...compatible,
  name: 'fastgpt',
  label: 'FastGPT',
  type: 22,
  baseUrl: 'https://fastgpt.run/api/openapi',
  suggestedModels: ['gpt-4o'],
});
