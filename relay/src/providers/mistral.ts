import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { isObject, list, member, text, wire } from '../dialects/json-member.ts';
import { modelsAt } from './asking/model-lists.ts';
import { ofSeconds } from '../endpoints/endpoint-usage.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { eachMessage, isThinking, prefilled, renamed, without } from './parts/request-edits.ts';

/** Providers 4.8. Recordings: fixtures/mistral. */
export const mistral = provider({
  ...compatible,
  name: 'mistral',
  label: 'Mistral',
  type: 42,
  baseUrl: 'https://api.mistral.ai',
  suggestedModels: ['mistral-large-latest', 'mistral-medium-latest', 'mistral-small-latest', 'magistral-medium-latest', 'codestral-latest', 'mistral-embed'],
  able: { streamUsage: 'always', oneCall: true },
  serves: { completions: { path: '/v1/fim/completions' }, embeddings: {}, moderations: { readAnswer: flagged }, transcriptions: { readUsage: heard } },
  listModels: modelsAt('/v1/models'),

  writeRequest: (written) => {
    const model = text(written['model']) ?? '', thinks = isThinking(written);
    const plain = without(written, 'reasoning_effort', 'logprobs', 'top_logprobs', 'logit_bias', 'user', 'store', 'metadata', 'prompt_cache_key', 'prompt_cache_retention', 'verbosity');
    const request = renamed(renamed(plain, 'seed', 'random_seed'), 'max_completion_tokens', 'max_tokens');
    return eachMessage(wire({
      ...request,
      messages: [...prefilled(list(request['messages']), 'prefix')],
      tool_choice: request['tool_choice'] === 'required' ? 'any' : request['tool_choice'],
      prompt_mode: model.includes('magistral') && thinks ? 'reasoning' : undefined,
      reasoning_effort: hybrid.test(model) && thinks !== undefined ? (thinks ? 'high' : 'none') : undefined,
    }), asItsMessage);
  },
});

/** Models that think or not, as they are told. */
const hybrid = /^mistral-small-(?:latest|26)/;

/** Sound is counted in seconds, beside the tokens of the prompt. */
function heard({ prompt_audio_seconds: seconds }: JsonObject, usual: UsageTokens): UsageTokens {
  return { ...usual, input: usual.input + (ofSeconds(seconds)?.input ?? 0) };
}

/** Its moderations do not sum up their categories. */
function flagged(answer: JsonObject): JsonObject {
  return { ...answer, results: list(answer['results']).map((result): Json => (isObject(result) && result['flagged'] === undefined
    ? { flagged: Object.values(isObject(result['categories']) ? result['categories'] : {}).includes(true), ...result } : result)) };
}

function asItsMessage(message: JsonObject): JsonObject {
  const calls = message['tool_calls'], answers = text(message['tool_call_id']);
  return wire({
    ...message,
    role: message['role'] === 'developer' ? 'system' : message['role'],
    content: Array.isArray(message['content']) ? message['content'].map(asItsPart) : message['content'],
    refusal: undefined,
    tool_calls: Array.isArray(calls) ? calls.map((call) => (isObject(call) ? { ...call, id: shortId(text(call['id']) ?? '') } : call)) : undefined,
    tool_call_id: answers === undefined ? undefined : shortId(answers),
  });
}

function asItsPart(part: Json): Json {
  switch (member(part, 'type')) {
    case 'image_url': return { type: 'image_url', image_url: member(member(part, 'image_url'), 'url') ?? '' };
    case 'file': return { type: 'document_url', document_url: member(member(part, 'file'), 'file_data') ?? '' };
    case 'input_audio': return { type: 'input_audio', input_audio: member(member(part, 'input_audio'), 'data') ?? '' };
    default: return part;
  }
}

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Nine letters or digits, the same for the call and its result without anything being remembered. */
function shortId(id: string): string {
  if (/^[A-Za-z0-9]{9}$/.test(id)) return id;
  return Array.from(createHash('sha256').update(id).digest().subarray(0, 9), (byte) => letters[byte % letters.length]).join('');
}
