import type { JsonObject } from '../dialects/chat-event.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { renamed, without } from './parts/request-edits.ts';

const { credential, authorize } = compatible;

/** Providers 5: no chat. */
export const jina = provider({
  credential, authorize,
  name: 'jina',
  label: 'Jina',
  type: 38,
  baseUrl: 'https://api.jina.ai',
  speaks: [],
  suggestedModels: ['jina-embeddings-v4', 'jina-embeddings-v3', 'jina-reranker-v3', 'jina-reranker-m0'],
  serves: { embeddings: { writeRequest: asItsEmbedding }, rerank: {} },
});

/** The form of the numbers has another name. */
function asItsEmbedding(request: JsonObject): JsonObject {
  return renamed(without(request, 'user'), 'encoding_format', 'embedding_type');
}
