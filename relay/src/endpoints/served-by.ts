import type { Surface } from '../dialects/dialect.ts';
import type { Provider } from '../providers/provider.ts';
import type { Served, ServedAs } from './served.ts';

const names = new Set<string>([
  'completions', 'embeddings', 'moderations', 'rerank', 'image-generations', 'image-edits', 'image-variations', 'speech', 'transcriptions',
  'translations', 'responses-compact', 'realtime', 'count-tokens', 'input-tokens', 'gemini-count-tokens',
] satisfies (keyof Served)[]);

const isName = (name: string): name is keyof Served => names.has(name);

/** How the provider serves the endpoint; undefined: not at all. */
export const servedBy = (provider: Pick<Provider, 'serves'>, { name }: Pick<Surface, 'name'>): ServedAs | undefined => (isName(name) ? provider.serves?.[name] : undefined);
