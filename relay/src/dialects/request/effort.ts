import type { ChatRequest } from '../chat-event.ts';

/** Budgets become efforts by their share of the limit (dialects 4.7). */
export function effortOf(request: Pick<ChatRequest, 'reasoning' | 'maxOutputTokens'>): string | undefined {
  const { reasoning, maxOutputTokens } = request;
  if (!reasoning) return undefined;
  if (reasoning.mode === 'off') return 'none';
  if (reasoning.effort !== undefined || reasoning.budgetTokens === undefined) return reasoning.effort;
  const share = reasoning.budgetTokens / Math.max(1, maxOutputTokens ?? reasoning.budgetTokens);
  if (reasoning.budgetTokens <= 0) return 'none';
  if (share <= 0.1) return 'minimal';
  if (share <= 0.35) return 'low';
  return share <= 0.65 ? 'medium' : 'high';
}
