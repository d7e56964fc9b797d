/** A request for a model whose name switches reasoning: what its ending says is said in the body (semantics 4.2). */
import type { ChatRequest, JsonObject } from '../../dialects/chat-event.ts';
import { modelRow } from '../../dialects/anthropic-messages/model-rows.ts';
import { given, givenNumber } from '../../dialects/gemini/given.ts';
import { type Thinker, writeThinking } from '../../dialects/gemini/thinking-writer.ts';
import { isObject, list } from '../../dialects/json-member.ts';
import { leastLimit, type SuffixedModel } from '../../providers/parts/model-suffixes.ts';
import { BodyDraft } from '../../routing/rules/body-draft.ts';

/** For conversions. */
export function suffixedRequest<Request extends Pick<ChatRequest, 'reasoning' | 'maxOutputTokens'>>(request: Request, suffixed: SuffixedModel): Request {
  const { reasoning, budgetShare } = suffixed, limit = limitOf(request.maxOutputTokens, suffixed);
  if (budgetShare === undefined || limit === undefined) return { ...request, reasoning };
  return { ...request, maxOutputTokens: limit, reasoning: { ...reasoning, budgetTokens: Math.floor(limit * budgetShare) } };
}

/** Undefined: there is none of which a share could be taken. */
const limitOf = (given: number | undefined, { usualLimit }: SuffixedModel): number | undefined => (usualLimit === undefined ? given : Math.max(leastLimit, given ?? usualLimit));

/** For bytes that pass: the members of the client's dialect, and no other byte. */
export function suffixedBody(body: Buffer, dialect: string, suffixed: SuffixedModel): Buffer {
  const draft = BodyDraft.of(body);
  if (!draft) return body;
  const inside = (name: string): JsonObject => { const value = draft.get(name); return isObject(value) ? value : {}; };
  const effort = suffixed.reasoning.effort ?? 'high';
  if (dialect === 'openai-chat') {
    draft.set('reasoning_effort', effort);
    if (reasons.test(suffixed.model)) asReasoning(draft, suffixed.model);
  }
  if (dialect === 'openai-responses') draft.set('reasoning', { ...inside('reasoning'), effort });
  if (dialect === 'anthropic-messages') think(draft, suffixed, inside('output_config'));
  if (dialect === 'gemini') thinkOfGemini(draft, suffixed);
  return draft.bytes();
}

/** Models of OpenAI, by name: these refuse what other models take (semantics 4.2). */
const reasons = /^(?:o\d|gpt-5)/, knowsNoDeveloper = /^o1-(?:mini|preview)/;

function asReasoning(draft: BodyDraft, model: string): void {
  const limit = draft.get('max_tokens'), [first, ...others] = list(draft.get('messages'));
  if (limit !== undefined && draft.get('max_completion_tokens') === undefined) draft.set('max_completion_tokens', limit);
  for (const name of ['max_tokens', 'temperature', ...(model.startsWith('o') ? [] : ['top_p', 'logprobs'])]) draft.delete(name);
  if (isObject(first) && first['role'] === 'system' && !knowsNoDeveloper.test(model)) draft.set('messages', [{ ...first, role: 'developer' }, ...others]);
}

/** What the client says of its thoughts itself wins. */
function thinkOfGemini(draft: BodyDraft, suffixed: SuffixedModel): void {
  const name = draft.get('generation_config') === undefined ? 'generationConfig' : 'generation_config', own = draft.get(name), config = isObject(own) ? own : {};
  if (given(config, 'thinkingConfig') !== undefined) return;
  const limit = givenNumber(config, 'maxOutputTokens');
  const thinking = writeThinking(suffixedRequest<Thinker>({ model: suffixed.model, ...(limit === undefined ? {} : { maxOutputTokens: limit }) }, suffixed));
  if (thinking) draft.set(name, { ...config, thinkingConfig: thinking });
}

function think(draft: BodyDraft, suffixed: SuffixedModel, config: JsonObject): void {
  const { model, reasoning: { effort }, budgetShare } = suffixed;
  const own = draft.get('max_tokens'), limit = limitOf(typeof own === 'number' ? own : undefined, suffixed);
  if (effort !== undefined) draft.set('output_config', { ...config, effort });
  if (budgetShare === undefined || limit === undefined || modelRow(model).thinking === 'adaptive') draft.set('thinking', { type: 'adaptive' });
  else {
    draft.set('max_tokens', limit);
    draft.set('thinking', { type: 'enabled', budget_tokens: Math.floor(limit * budgetShare) });
  }
  // Beside thoughts the provider takes no other.
  draft.delete('top_p');
  if (draft.get('temperature') !== undefined) draft.set('temperature', 1);
}
