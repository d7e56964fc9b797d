/** A request for a model whose name switches reasoning: what its ending says is said in the body (semantics 4.2). */
import type { ChatRequest, JsonObject } from '../../dialects/chat-event.ts';
import { modelRow } from '../../dialects/anthropic-messages/model-rows.ts';
import { isObject } from '../../dialects/json-member.ts';
import { leastLimit, type SuffixedModel } from '../../providers/parts/model-suffixes.ts';
import { BodyDraft } from '../../routing/rules/body-draft.ts';

/** Of models of anthropic-messages, where the client gave no limit. */
const usualLimit = 8_192;

const limitOf = (given: number | undefined): number => Math.max(leastLimit, given ?? usualLimit);

/** For conversions. */
export function suffixedRequest(request: ChatRequest, { reasoning, budgetShare }: SuffixedModel): ChatRequest {
  if (budgetShare === undefined) return { ...request, reasoning };
  const limit = limitOf(request.maxOutputTokens);
  return { ...request, maxOutputTokens: limit, reasoning: { ...reasoning, budgetTokens: Math.floor(limit * budgetShare) } };
}

/** For bytes that pass: the members of the client's dialect, and no other byte. */
export function suffixedBody(body: Buffer, dialect: string, suffixed: SuffixedModel): Buffer {
  const draft = BodyDraft.of(body);
  if (!draft) return body;
  const inside = (name: string): JsonObject => { const value = draft.get(name); return isObject(value) ? value : {}; };
  const effort = suffixed.reasoning.effort ?? 'high';
  if (dialect === 'openai-chat') draft.set('reasoning_effort', effort);
  if (dialect === 'openai-responses') draft.set('reasoning', { ...inside('reasoning'), effort });
  if (dialect === 'anthropic-messages') think(draft, suffixed, inside('output_config'));
  return draft.bytes();
}

function think(draft: BodyDraft, { model, reasoning: { effort }, budgetShare }: SuffixedModel, config: JsonObject): void {
  const given = draft.get('max_tokens'), limit = limitOf(typeof given === 'number' ? given : undefined);
  if (effort !== undefined) draft.set('output_config', { ...config, effort });
  if (budgetShare === undefined || modelRow(model).thinking === 'adaptive') draft.set('thinking', { type: 'adaptive' });
  else {
    draft.set('max_tokens', limit);
    draft.set('thinking', { type: 'enabled', budget_tokens: Math.floor(limit * budgetShare) });
  }
  // Beside thoughts the provider takes no other.
  draft.delete('top_p');
  if (draft.get('temperature') !== undefined) draft.set('temperature', 1);
}
