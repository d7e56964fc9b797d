/** What happens to members of one dialect that another has no place for (dialects 10). Members without a row here are dropped silently. */
import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';

interface Loss {
  member: string;
  /** Refused: it changes what the client gets. Warned: it only shapes it. */
  is: 'refused' | 'warned';
  /** Whether this value asks for anything. */
  asks(value: Json): boolean;
  /** The word by which clients know this refusal. */
  code?: string;
}

const set = (value: Json): boolean => value !== null && value !== false;
const nonEmpty = (value: Json): boolean => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
const refused = (member: string, asks = nonEmpty): Loss => ({ member, is: 'refused', asks });
const warned = (member: string, asks = set): Loss => ({ member, is: 'warned', asks });

const losses: Readonly<Record<string, readonly Loss[]>> = {
  'openai-responses': [
    { ...refused('previous_response_id', set), code: 'previous_response_not_found' },
    refused('conversation', set), refused('prompt', set), refused('background', set),
    warned('context_management', nonEmpty),
  ],
  'anthropic-messages': [refused('container', set), refused('mcp_servers')],
  gemini: [refused('cachedContent', set), warned('safetySettings', nonEmpty)],
};

/** Wishes of the neutral form that not every dialect knows. */
const wishes: readonly { wish: string; is: 'refused' | 'warned'; asks: (request: ChatRequest) => boolean }[] = [
  { wish: 'n', is: 'refused', asks: ({ answers }) => (answers ?? 1) > 1 },
  { wish: 'logprobs', is: 'refused', asks: ({ logprobs }) => logprobs !== undefined },
  { wish: 'audio', is: 'refused', asks: ({ modalities }) => modalities?.includes('audio') ?? false },
  { wish: 'picture', is: 'refused', asks: ({ modalities }) => modalities?.includes('image') ?? false },
  { wish: 'top_k', is: 'warned', asks: ({ topK }) => topK !== undefined },
  { wish: 'seed', is: 'warned', asks: ({ seed }) => seed !== undefined },
  { wish: 'presence_penalty', is: 'warned', asks: ({ presencePenalty }) => Boolean(presencePenalty) },
  { wish: 'frequency_penalty', is: 'warned', asks: ({ frequencyPenalty }) => Boolean(frequencyPenalty) },
  { wish: 'logit_bias', is: 'warned', asks: ({ logitBias }) => logitBias !== undefined && Object.keys(logitBias).length > 0 },
  { wish: 'min_p', is: 'warned', asks: ({ minP }) => minP !== undefined },
  { wish: 'repetition_penalty', is: 'warned', asks: ({ repetitionPenalty }) => repetitionPenalty !== undefined },
];

/** @param takes the wishes that the dialect can express */
export function lossOf(request: ChatRequest, takes: ReadonlySet<string>, options: RequestOptions): Failure | undefined {
  for (const { wish, is, asks } of wishes) {
    if (takes.has(wish) || !asks(request)) continue;
    if (is === 'refused') return cannot(wish);
    options.warn?.(`dropped:${wish}`);
  }
  return undefined;
}

/**
 * The members that came from `own` dialect itself, to be written again.
 *
 * @returns a Failure when a member of another dialect is lost that matters
 */
export function carryRest(request: ChatRequest, own: string, options: RequestOptions): JsonObject | Failure {
  for (const [dialect, members] of Object.entries(request.rest)) {
    if (dialect === own) continue;
    for (const loss of losses[dialect] ?? []) {
      const value = members[loss.member];
      if (value === undefined || !loss.asks(value)) continue;
      if (loss.is === 'refused') return cannot(loss.member, undefined, loss.code);
      options.warn?.(`dropped:${loss.member}`);
    }
  }
  return request.rest[own] ?? {};
}

export const cannot = (param: string, why = 'cannot be used with this model: its provider has nothing like it', upstreamCode?: string): Failure =>
  new Failure('convert_request_failed', { say: `\`${param}\` ${why}.`, param, ...(upstreamCode ? { upstreamCode } : {}) });
