import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { list, text, wire } from '../dialects/json-member.ts';
import { openrouterSuffixes } from './parts/model-suffixes.ts';
import { openrouterBalance } from './asking/balances.ts';
import { compatible } from './parts/compatible.ts';
import { given, provider } from './provider.ts';
import { withOwnDetails } from './parts/reasoning-replay.ts';
import { without } from './parts/request-edits.ts';

/** Providers 4.12. */
export const openrouter = provider({
  ...compatible,
  name: 'openrouter',
  label: 'OpenRouter',
  type: 20,
  baseUrl: 'https://openrouter.ai/api',
  authorize: (credential, { settings }) => [...compatible.authorize(credential), ...given('http-referer', text(settings['http_referer'])), ['x-title', text(settings['x_title']) || 'Weir']],
  speaks: [openaiChat, openaiResponses, anthropicMessages],
  suffixes: openrouterSuffixes,
  suggestedModels: ['openai/gpt-5.1', 'anthropic/claude-sonnet-4.5', 'google/gemini-2.5-pro', 'deepseek/deepseek-chat', 'qwen/qwen3-max'],
  able: { severalAnswers: false, videos: true, cacheMarks: true },
  wrapsAnswers: ({ settings }) => settings['openrouter_enterprise'] === true,
  serves: { embeddings: {}, completions: {} },
  balance: openrouterBalance,

  // Bodies that pass ask for it too: it tells what it cost, and how much of it came from a cache.
  wrapBody: (body, { dialect }) => (dialect === openaiChat && !body.includes('"usage"') ? withWish(body) : body),

  writeRequest: (written, request, dialect) => (dialect === openaiChat ? wire({
    ...without(written, 'reasoning_effort'),
    messages: withOwnDetails(list(written['messages']), request),
    usage: { include: true },
    reasoning: request.reasoning && asReasoning(request.reasoning.mode, request.reasoning.budgetTokens, written['reasoning_effort']),
  }) : written),
});

/** In front of all other members, of which there are some. */
function withWish(body: Buffer): Buffer {
  const start = body.indexOf('{') + 1;
  return Buffer.concat([body.subarray(0, start), wish, body.subarray(start)]);
}

const wish = Buffer.from('"usage":{"include":true},');

function asReasoning(mode: string, budget: number | undefined, effort: Json | undefined): JsonObject {
  if (mode === 'off') return { enabled: false };
  return budget === undefined ? wire({ enabled: effort === undefined ? true : undefined, effort }) : { max_tokens: budget };
}
