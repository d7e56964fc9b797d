import type { Json } from '../../dialects/chat-event.ts';
import { list, member, text } from '../../dialects/json-member.ts';
import { Failure } from '../../failure/failure.ts';
import type { ListModels } from './ask.ts';

/** More pages than any provider has; one that never says that it is done is not asked for ever. */
const mostPages = 50;

interface Form {
  /** The member that holds the list. */
  readonly of: 'data' | 'models';
  /** The member of an entry that is its name. */
  readonly name: 'id' | 'name';
  /** What stands before each name. */
  readonly prefix?: string;
  /** Which entries count. */
  readonly fits?: (entry: Json) => boolean;
  /** The path of the next page, from the answer before it. */
  readonly next?: (answer: Json) => string | undefined;
}

/** `{data: [{id}]}`, as nearly all have it. */
export const modelsAt = (path: string): ListModels => listed(path, { of: 'data', name: 'id' });

/** `{models: [{name}]}`: Cohere and Ollama. */
export const namedModelsAt = (path: string): ListModels => listed(path, { of: 'models', name: 'name' });

/** Anthropic: pages of at most a thousand. */
export const anthropicModels: ListModels = listed('/v1/models?limit=1000', {
  of: 'data', name: 'id',
  next: (answer) => (member(answer, 'has_more') === true ? after('/v1/models?limit=1000&after_id=', member(answer, 'last_id')) : undefined),
});

/** Gemini: pages, and models that are for other things than generating. */
export const geminiModels: ListModels = listed('/v1beta/models?pageSize=100', {
  of: 'models', name: 'name', prefix: 'models/',
  fits: (entry) => { const methods = member(entry, 'supportedGenerationMethods'); return methods === undefined || list(methods).some((method) => made.has(text(method) ?? '')); },
  next: (answer) => after('/v1beta/models?pageSize=100&pageToken=', member(answer, 'nextPageToken')),
});

const made = new Set(['generateContent', 'embedContent', 'batchEmbedContents', 'predict', 'predictLongRunning', 'bidiGenerateContent']);

const after = (path: string, mark: Json | undefined): string | undefined => { const value = text(mark); return value ? path + encodeURIComponent(value) : undefined; };

function listed(first: string, form: Form): ListModels {
  return async (ask) => {
    const names = new Set<string>();
    let path: string | undefined = first;
    for (let page = 0; path !== undefined && page < mostPages; page++) {
      const answer: Json | Failure = await ask.get(path);
      if (answer instanceof Failure) return answer;
      const entries = member(answer, form.of) ?? (Array.isArray(answer) ? answer : undefined);
      if (!Array.isArray(entries)) return new Failure('bad_response_body', { note: `the answer has no list \`${form.of}\`` });
      for (const entry of entries) { const name = nameOf(entry, form); if (name) names.add(name); }
      path = form.next?.(answer);
    }
    return [...names];
  };
}

function nameOf(entry: Json, { name, prefix = '', fits }: Form): string | undefined {
  const value = text(member(entry, name)) ?? text(entry);
  if (!value || (fits && !fits(entry))) return undefined;
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

