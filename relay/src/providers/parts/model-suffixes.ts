/** Endings of model names that switch reasoning (semantics 4.2): the provider knows the name without them. */
import type { ChatRequest } from '../../dialects/chat-event.ts';
import type { ModelSettings } from '../../models/model-settings.ts';

export interface SuffixedModel {
  /** As the provider knows it. */
  readonly model: string;
  readonly reasoning: NonNullable<ChatRequest['reasoning']>;
  /** Of the limit of the answer, for thoughts. */
  readonly budgetShare?: number;
  /** Where the dialect demands a limit: the one for a client that gave none. The answer has at least `leastLimit` then. */
  readonly usualLimit?: number;
}

/** Undefined: the name is what it seems. */
export type ModelSuffixes = (model: string, settings: ModelSettings) => SuffixedModel | undefined;

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

export const claudeSuffixes: ModelSuffixes = (model, settings) => {
  if (!model.includes('claude')) return undefined;
  if (!model.endsWith('-thinking')) return claudeEfforts(model, settings);
  const { thinking, thinkingShare, limits } = settings.claude, base = model.slice(0, -'-thinking'.length);
  return thinking ? { model: base, reasoning: { mode: 'on' }, budgetShare: thinkingShare, usualLimit: limits.of(model, base) } : undefined;
};

const geminiForm = /^(gemini-(?:2\.5|[3-9]).*?)-(?:thinking-(\d{1,6})|(thinking)|(nothinking)|(minimal|low|medium|high))$/;

/** Off unless the operator switches them on (semantics 4.2). */
export const geminiSuffixes: ModelSuffixes = (name, { gemini }) => {
  const [, model, budget, thinks, silent, level] = (gemini.thinking && geminiForm.exec(name)) || [];
  if (model === undefined) return undefined;
  if (silent !== undefined) return { model, reasoning: { mode: 'off' } };
  if (level !== undefined) return ofEffort(model, level);
  return thinks === undefined ? { model, reasoning: { mode: 'on', budgetTokens: Number(budget) } } : { model, reasoning: { mode: 'on' }, budgetShare: gemini.thinkingShare };
};

/** A cloud that hosts both families. */
export const vertexSuffixes: ModelSuffixes = (model, settings) => (model.startsWith('gemini') ? geminiSuffixes(model, settings) : claudeSuffixes(model, settings));

/** Providers 4.16. */
export const volcengineSuffixes: ModelSuffixes = (model) =>
  (/^doubao.+-thinking$/.test(model) ? { model: model.slice(0, -'-thinking'.length), reasoning: { mode: 'on' } } : undefined);

/** Many of its models are really named so: only of this house it is known that none is. */
export const openrouterSuffixes: ModelSuffixes = (model, settings) => (model.startsWith('anthropic/') ? claudeSuffixes(model, settings) : undefined);

const all: readonly ModelSuffixes[] = [openaiSuffixes, deepseekSuffixes, claudeSuffixes, geminiSuffixes];

/** For prices: the name without its ending, whoever serves it; undefined: it has none. */
export function withoutSuffix(model: string, settings: ModelSettings): string | undefined {
  if (settings.verbatim.has(model)) return undefined;
  for (const suffixes of all) { const found = suffixes(model, settings); if (found) return found.model; }
  return undefined;
}
