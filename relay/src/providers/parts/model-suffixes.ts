/** Endings of model names that switch reasoning (semantics 4.2): the provider knows the name without them. */
import type { ChatRequest } from '../../dialects/chat-event.ts';

export interface SuffixedModel {
  /** As the provider knows it. */
  readonly model: string;
  readonly reasoning: NonNullable<ChatRequest['reasoning']>;
  /** Of the limit of the answer, for thoughts; the answer has at least `leastLimit` then. */
  readonly budgetShare?: number;
}

/** Undefined: the name is what it seems. */
export type ModelSuffixes = (model: string) => SuffixedModel | undefined;

/** Below this a share of it is no budget. */
export const leastLimit = 1_280;

const ofEffort = (model: string, effort: string): SuffixedModel => ({ model, reasoning: effort === 'none' ? { mode: 'off', effort } : { mode: 'on', effort } });

const ending = (names: RegExp, efforts: string): ModelSuffixes => {
  const form = new RegExp(`^(.+)-(${efforts})$`);
  return (model) => {
    const [, base = '', effort = ''] = form.exec(model) ?? [];
    return base !== '' && names.test(base) ? ofEffort(base, effort) : undefined;
  };
};

export const openaiSuffixes = ending(/^(?:o\d|gpt-5)/, 'high|medium|low|minimal|none|xhigh');

export const deepseekSuffixes = ending(/v4/, 'none|max');

const claudeEfforts = ending(/opus-(?:4-[6-9]|[5-9])/, 'max|xhigh|high|medium|low|minimal');

export const claudeSuffixes: ModelSuffixes = (model) => {
  if (!model.includes('claude')) return undefined;
  if (model.endsWith('-thinking')) return { model: model.slice(0, -'-thinking'.length), reasoning: { mode: 'on' }, budgetShare: 0.8 };
  return claudeEfforts(model);
};

/** Providers 4.16. */
export const volcengineSuffixes: ModelSuffixes = (model) =>
  (/^doubao.+-thinking$/.test(model) ? { model: model.slice(0, -'-thinking'.length), reasoning: { mode: 'on' } } : undefined);

/** Many of its models are really named so: only of this house it is known that none is. */
export const openrouterSuffixes: ModelSuffixes = (model) => (model.startsWith('anthropic/') ? claudeSuffixes(model) : undefined);

const all: readonly ModelSuffixes[] = [openaiSuffixes, deepseekSuffixes, claudeSuffixes];

/** For prices: the name without its ending, whoever serves it; undefined: it has none. */
export function withoutSuffix(model: string): string | undefined {
  for (const suffixes of all) { const found = suffixes(model); if (found) return found.model; }
  return undefined;
}
