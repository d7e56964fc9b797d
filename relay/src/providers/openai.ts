import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { isObject, list, member, text, wire } from '../dialects/json-member.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { openaiSuffixes } from './parts/model-suffixes.ts';
import { billingDashboard } from './asking/balances.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, given, provider } from './provider.ts';

/** Wire notes: fixtures/openai/README.md */
export const openai = provider({
  name: 'openai',
  label: 'OpenAI',
  type: 1,
  baseUrl: 'https://api.openai.com',
  credential: { apiKey: 'secret' },
  authorize: (credential, { organization, settings }) => [
    ...bearer('apiKey')(credential), ...given('openai-organization', organization), ...given('openai-project', text(settings['openai_project'])),
  ],
  speaks: [openaiChat, openaiResponses],
  // A client of one of the two gets what it asked for, if the model knows it; others get what the model knows best.
  languages: (model, { settings }) => {
    if (onlyResponses.test(model)) return [openaiResponses];
    return settings['prefer_responses'] === true ? [openaiResponses, openaiChat] : [openaiChat, openaiResponses];
  },
  serves: {
    completions: {}, embeddings: {}, moderations: {}, 'image-generations': {}, 'image-edits': {}, 'image-variations': {}, speech: {}, transcriptions: {}, translations: {}, realtime: {}, 'responses-compact': {}, 'input-tokens': {},
    // Not at OpenAI itself: other servers that speak its dialect are put behind this type too (providers 7.2).
    rerank: {},
  },
  suffixes: openaiSuffixes,
  exact: true,
  house: true,
  suggestedModels: ['gpt-5.1', 'gpt-5', 'gpt-5-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4o-mini', 'o3', 'o4-mini'],

  listModels: modelsAt('/v1/models'),
  balance: billingDashboard,

  // Only converted requests come here: where bytes pass, the upstream's own refusal is the right answer (providers 4.1).
  writeRequest: (request, _, dialect) => {
    if (dialect === openaiResponses) return asResponse(request);
    const { max_tokens: limit, reasoning_effort: effort, ...others } = request;
    const model = text(request['model']) ?? '';
    if (!thinks.test(model)) return wire({ ...(searches.test(model) ? withoutSampling(others) : others), max_completion_tokens: limit });
    return wire({
      ...(takesSampling(model, effort) ? others : withoutSampling(others)),
      messages: knowsNoSystem.test(model) ? folded(list(request['messages'])) : list(request['messages']).map(asDeveloper),
      max_completion_tokens: limit,
      reasoning_effort: effort === 'none' ? leastEffort(model) : effort,
    });
  },
});

/** Models that exist in Responses only. */
const onlyResponses = /^(?:.*\/)?(?:gpt-5[\w.]*-(?:codex|pro)|codex-mini|o\d-pro|o\d(?:-mini)?-deep-research|computer-use)/;

function asResponse({ include, reasoning, ...others }: JsonObject): JsonObject {
  const model = text(others['model']) ?? '';
  // Other models refuse to be asked for reasoning, and for its encrypted form.
  if (!thinks.test(model)) return others;
  const effort = member(reasoning, 'effort');
  return wire({ ...(takesSampling(model, effort) ? others : withoutSampling(others)), include, reasoning: isObject(reasoning) && effort === 'none' ? { ...reasoning, effort: leastEffort(model) } : reasoning });
}

/** The reasoning family, by the name behind the last slash. */
const thinks = /^(?:.*\/)?(?:o1|o3|o4|gpt-5)/;
/** From gpt-5.1 on, where it is told not to think. */
const takesSampling = (model: string, effort: Json | undefined): boolean => effort === 'none' && leastEffort(model) === 'none';
/** Models that search take no sampling either. */
const searches = /-search-preview/;
const sampling = new Set(['temperature', 'top_p', 'logprobs', 'top_logprobs', 'presence_penalty', 'frequency_penalty', 'logit_bias']);

const withoutSampling = (request: JsonObject): JsonObject => Object.fromEntries(Object.entries(request).filter(([name]) => !sampling.has(name)));

/** The first two took no instructions but those of the user. */
const knowsNoSystem = /^(?:.*\/)?o1-(?:mini|preview)/;

function folded(messages: readonly Json[]): Json[] {
  const isSystem = (message: Json): boolean => member(message, 'role') === 'system';
  const words = messages.filter(isSystem).map((message) => text(member(message, 'content')) ?? '').join('\n\n'), others = messages.filter((message) => !isSystem(message));
  const first = others.findIndex((message) => member(message, 'role') === 'user');
  if (words === '' || first < 0) return words === '' ? others : [{ role: 'user', content: words }, ...others];
  return others.map((message, index) => (index === first && isObject(message) ? { ...message, content: withWords(words, message['content']) } : message));
}

const withWords = (words: string, content: Json | undefined): Json =>
  (Array.isArray(content) ? [{ type: 'text', text: words }, ...content] : `${words}\n\n${text(content) ?? ''}`);

const asDeveloper = (message: Json): Json => (isObject(message) && message['role'] === 'system' ? { ...message, role: 'developer' } : message);

function leastEffort(model: string): string {
  if (/gpt-5\.\d/.test(model)) return 'none';
  return model.includes('gpt-5') ? 'minimal' : 'low';
}
