import type { JsonObject } from '../dialects/chat-event.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

const { credential, authorize, speaks } = compatible;

/** Providers 5. */
export const moka = provider({
  credential, authorize, speaks,
  name: 'moka',
  label: 'MokaAI',
  type: 44,
  baseUrl: 'https://api.moka.ai',
  suggestedModels: ['m3e-base', 'm3e-large'],
  places: { 'openai-chat': '/chat/completions' },
  serves: { embeddings: { path: '/embeddings', readAnswer: ({ embeddings, ...answer }): JsonObject => (embeddings === undefined || answer['data'] !== undefined ? answer : { ...answer, data: embeddings }) } },
});
