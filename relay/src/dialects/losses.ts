/** What happens to members of one dialect that another has no place for (dialects 10). Members without a row here are dropped silently. */
import { Failure } from '../failure/failure.ts';
import type { ChatRequest, Json, JsonObject } from './chat-event.ts';
import type { DialectName, RequestOptions } from './dialect.ts';
import { list } from './json-member.ts';

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
const nonZero = (value: Json): boolean => typeof value !== 'number' || value !== 0;
const nonEmpty = (value: Json): boolean => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
const refused = (member: string, asks = nonEmpty): Loss => ({ member, is: 'refused', asks });
const warned = (member: string, asks = set): Loss => ({ member, is: 'warned', asks });

const losses: Readonly<Record<string, readonly Loss[]>> = {
  'openai-chat': [
    refused('n', (value) => typeof value === 'number' && value > 1),
    refused('logprobs', (value) => value === true),
    refused('top_logprobs', (value) => set(value) && nonZero(value)),
    refused('audio'),
    refused('modalities', (value) => list(value).some((each) => each !== 'text')),
    refused('web_search_options', set),
    refused('functions'),
    refused('function_call', set),
    warned('seed'), warned('min_p'), warned('repetition_penalty'),
    warned('presence_penalty', (value) => set(value) && nonZero(value)),
    warned('frequency_penalty', (value) => set(value) && nonZero(value)),
    warned('logit_bias', nonEmpty),
  ],
  'openai-responses': [
    { ...refused('previous_response_id', set), code: 'previous_response_not_found' },
    refused('conversation', set), refused('prompt', set), refused('background', set),
    refused('top_logprobs', (value) => set(value) && nonZero(value)),
    refused('include', (value) => list(value).includes('message.output_text.logprobs')),
    warned('context_management', nonEmpty),
  ],
  'anthropic-messages': [refused('container', set), refused('mcp_servers')],
};

/**
 * The members that came from `own` dialect itself, to be written again.
 *
 * @returns a Failure when a member of another dialect is lost that matters
 */
export function carryRest(request: ChatRequest, own: DialectName, options: RequestOptions): JsonObject | Failure {
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
