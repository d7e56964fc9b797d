/** Which endpoints a model is at home at, in the words of compatible lists (management-api, types of endpoints). */
import { providerFor } from '../../providers/provider-list.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Channel } from '../../snapshot/snapshot.ts';

const ofDialects: Readonly<Record<string, string>> = { 'openai-chat': 'openai', 'openai-responses': 'openai-response', 'anthropic-messages': 'anthropic', gemini: 'gemini' };

/** What models of other kinds are called, and where such a one is served. */
const kinds: readonly { readonly names: RegExp; readonly serves: string; readonly type: string }[] = [
  { names: /embed|bge-|m3e/i, serves: 'embeddings', type: 'embeddings' },
  { names: /rerank/i, serves: 'rerank', type: 'jina-rerank' },
  { names: /dall-e|gpt-image|imagen|flux|stable-diffusion|-image|image-/i, serves: 'image-generations', type: 'image-generation' },
];

/** Chat is there for every model that talks, as requests are converted. @param channels that serve the model */
export function endpointTypes(model: string, channels: readonly Channel[]): string[] {
  const providers = channels.flatMap((channel) => { const provider = providerFor(channel); return provider ? [{ provider, channel }] : []; });
  const kind = kinds.find(({ names, serves }) => names.test(model) && providers.some(({ provider }) => provider.serves && Object.hasOwn(provider.serves, serves)));
  const spoken = new Set(providers.flatMap(({ provider, channel }) => spokenOf(provider, channel, model)));
  if (kind && !(kind.type === 'image-generation' && spoken.has('gemini'))) return [kind.type];
  return Object.values(ofDialects).filter((type) => type === 'openai' || spoken.has(type)).concat(kind ? [kind.type] : []);
}

const spokenOf = ({ speaks, languages }: Provider, { extra }: Channel, model: string): string[] =>
  (languages?.(model, extra, {}) ?? speaks).flatMap(({ name }) => ofDialects[name] ?? []);
