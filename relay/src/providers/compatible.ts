/** What most providers share, so that their files hold only what differs. */
import type { DialectName } from '../dialects/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import type { Served } from '../endpoints/served.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, type Call, type Provider } from './provider.ts';
import { pathOf } from './upstream-address.ts';

/** One key as a bearer, Chat Completions and the list of models where OpenAI has them. */
export const compatible = {
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat],
  listModels: modelsAt('/v1/models'),
} satisfies Partial<Provider>;

/** Dialects that stand somewhere else; the others stand where they say themselves. */
export function placed(paths: Partial<Record<DialectName, string>>): (call: Call) => string {
  const places = new Map<string, string>(Object.entries(paths));
  return (call) => places.get(call.dialect.name) ?? pathOf(call);
}

/** What resellers of OpenAI pass on. */
export const resold = {
  completions: {}, embeddings: {}, moderations: {}, 'image-generations': {}, 'image-edits': {}, 'image-variations': {},
  speech: {}, transcriptions: {}, translations: {}, 'responses-compact': {}, realtime: {},
} satisfies Served;
