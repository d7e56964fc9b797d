import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const submodel = provider({
  ...compatible,
  name: 'submodel',
  label: 'Submodel',
  type: 53,
  baseUrl: 'https://llm.submodel.ai',
  suggestedModels: ['deepseek-ai/DeepSeek-V3.1', 'Qwen/Qwen3-235B-A22B-Instruct-2507'],
});
