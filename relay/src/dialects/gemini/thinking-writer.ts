/** From efforts and budgets to what a model of this dialect takes (dialects 4.7). */
import type { ChatRequest, JsonObject } from '../chat-event.ts';
import { effortOf } from '../request/effort.ts';
import { wire } from '../json-member.ts';
import { isPro, leastThought, modelRow } from './model-rows.ts';

/** Percent of the largest budget. */
const shares: Readonly<Record<string, number>> = { low: 20, medium: 50, high: 80, xhigh: 80 };
const levels: Readonly<Record<string, string>> = { none: 'minimal', minimal: 'minimal', low: 'low', medium: 'medium', high: 'high', xhigh: 'high', max: 'high' };
const minimalBudget = 512, leastShare = 1024;

export type Thinker = Pick<ChatRequest, 'model' | 'reasoning' | 'maxOutputTokens'>;

export function writeThinking(request: Thinker): JsonObject | undefined {
  const { reasoning, model } = request;
  const row = modelRow(model);
  if (!reasoning || row.thinking === 'none') return undefined;
  // What nobody sees is not asked for.
  const includeThoughts = reasoning.mode !== 'off' && reasoning.hidden !== true ? true : undefined;
  if (row.thinking === 'level') return wire({ thinkingLevel: levelOf(request), includeThoughts });
  return wire({ thinkingBudget: budgetOf(request), includeThoughts });
}

function levelOf(request: Thinker): string | undefined {
  const effort = effortOf(request);
  const level = effort === undefined ? undefined : levels[effort];
  return level === 'medium' && isPro(request.model) ? 'high' : level;
}

function budgetOf({ reasoning, model }: Thinker): number | undefined {
  const { least, most } = modelRow(model);
  if (reasoning?.mode === 'off') return least;
  const { effort, budgetTokens } = reasoning ?? {};
  if (effort === 'none') return least;
  if (budgetTokens === undefined && effort === undefined) return undefined;
  const wanted = budgetTokens ?? (effort === 'max' ? most : effort === 'minimal' ? minimalBudget : Math.max(leastShare, Math.floor((most * (shares[effort ?? ''] ?? 50)) / 100)));
  return Math.min(most, Math.max(leastThought(model), wanted));
}
