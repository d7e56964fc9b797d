/** From efforts and budgets to what a model of this dialect takes (dialects 4.7, providers 4.3). */
import type { ChatRequest, JsonObject } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { callsOf } from '../request/tool-turns.ts';
import { type ModelSettings, usualModelSettings } from '../../models/model-settings.ts';
import { modelRow, type ModelRow } from './model-rows.ts';

export interface Thinking {
  maxTokens: number;
  on: boolean;
  thinking?: JsonObject;
  effort?: string;
}

/** Percent of the model's maximum output. */
const shares: Readonly<Record<string, number>> = { low: 20, medium: 50, high: 80, xhigh: 80, max: 90 };
const leastBudget = 1024;
const order = ['low', 'medium', 'high', 'max', 'xhigh'];

/** Sent where the client gave no limit: this dialect demands one. */
export const usualLimit = (model: string, { claude }: ModelSettings = usualModelSettings, asked = model): number => Math.min(claude.limits.of(asked, model), modelRow(model).maxOutput);

export function writeThinking(request: ChatRequest, options: RequestOptions): Thinking {
  const row = modelRow(request.model);
  const { reasoning } = request;
  const limit = Math.min(request.maxOutputTokens ?? usualLimit(request.model, options.models), row.maxOutput);
  const asked = reasoning && reasoning.mode !== 'off' && row.thinking !== 'none';
  if (!asked) return { maxTokens: limit, on: false, ...(reasoning?.mode === 'off' && row.thinking !== 'none' ? { thinking: { type: 'disabled' } } : {}) };
  if (row.thinking === 'adaptive' || row.thinking === 'either') {
    return { maxTokens: limit, on: true, thinking: { type: 'adaptive', display: 'summarized' }, effort: effortFor(row, reasoning.effort) };
  }
  return withBudget(request, row, options);
}

function withBudget(request: ChatRequest, row: ModelRow, options: RequestOptions): Thinking {
  const wanted = wantedBudget(request, row);
  // Without a limit of the client's, the answer gets its usual room behind the thoughts.
  const maxTokens = Math.min(request.maxOutputTokens ?? wanted + usualLimit(request.model, options.models), row.maxOutput);
  const budget = Math.min(wanted, maxTokens - 1);
  const forced = request.toolChoice?.kind === 'required' || request.toolChoice?.kind === 'named';
  if (budget < leastBudget || forced || lacksThoughts(request)) {
    options.warn?.('thinking_disabled');
    return { maxTokens: Math.min(request.maxOutputTokens ?? usualLimit(request.model, options.models), row.maxOutput), on: false };
  }
  return { maxTokens, on: true, thinking: { type: 'enabled', budget_tokens: budget }, effort: effortFor(row, request.reasoning?.effort) };
}

function wantedBudget({ reasoning }: ChatRequest, row: ModelRow): number {
  if (reasoning?.budgetTokens !== undefined) return reasoning.budgetTokens;
  if (reasoning?.effort === 'minimal') return leastBudget;
  return Math.max(leastBudget, Math.floor((row.maxOutput * (shares[reasoning?.effort ?? 'medium'] ?? 50)) / 100));
}

/** With a budget, the upstream refuses calls in the history that come without the thoughts before them. */
function lacksThoughts(request: ChatRequest): boolean {
  const last = request.messages.findLast((message) => callsOf(message).length > 0);
  return last !== undefined && !last.parts.some((part) => part.kind === 'reasoning' && (part.signature || part.redacted));
}

function effortFor(row: ModelRow, effort: string | undefined): string | undefined {
  if (effort === undefined || row.effort === undefined) return undefined;
  const wanted = effort === 'minimal' ? 'low' : effort;
  if (!order.includes(wanted)) return undefined;
  return order.indexOf(wanted) <= order.indexOf(row.effort) ? wanted : 'high';
}
