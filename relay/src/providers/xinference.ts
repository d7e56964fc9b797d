import { compatible } from './parts/compatible.ts';
import { ollama } from './ollama.ts';
import { provider } from './provider.ts';

/** Providers 5. Where it runs nobody knows: a channel has an address of its own. */
export const xinference = provider({
  ...compatible,
  name: 'xinference',
  label: 'Xinference',
  type: 47,
  baseUrl: 'http://localhost:9997',
  authorize: ollama.authorize,
  suggestedModels: ['qwen3', 'bge-m3', 'bge-reranker-v2-m3'],
  serves: { completions: {}, embeddings: {}, rerank: {}, 'image-generations': {}, speech: {}, transcriptions: {} },
});
