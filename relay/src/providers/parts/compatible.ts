/** What most providers share, so that their files hold only what differs. */
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import type { Served } from '../../endpoints/served.ts';
import { modelsAt } from '../asking/model-lists.ts';
import { bearer, type Provider } from '../provider.ts';

/** One key as a bearer, Chat Completions and the list of models where OpenAI has them. */
export const compatible = {
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat],
  listModels: modelsAt('/v1/models'),
} satisfies Partial<Provider>;

/** What resellers of OpenAI pass on. */
export const resold = {
  completions: {}, embeddings: {}, moderations: {}, 'image-generations': {}, 'image-edits': {}, 'image-variations': {},
  speech: {}, transcriptions: {}, translations: {}, 'responses-compact': {}, realtime: {}, rerank: {},
} satisfies Served;
