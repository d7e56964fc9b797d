import type { UsageTokens } from '../../gql/types.gen.ts';
import type { Json } from '../chat-event.ts';
import { isObject, member } from '../json-member.ts';
import { readUsage as readCounts } from '../metering/usage.ts';

/** The tokens of the model count, not those that are billed; what was cached is among them. */
export function readUsage(usage: Json | undefined): UsageTokens | undefined {
  const tokens = member(usage, 'tokens') ?? member(usage, 'billed_units');
  if (!isObject(tokens)) return undefined;
  return readCounts({
    prompt_tokens: tokens['input_tokens'] ?? 0, completion_tokens: tokens['output_tokens'] ?? 0, prompt_tokens_details: { cached_tokens: member(usage, 'cached_tokens') ?? 0 },
  });
}
