import type { UsageTokens } from '../../gql/types.gen.ts';
import type { Json } from '../chat-event.ts';
import { isObject } from '../json-member.ts';
import { readUsage as readCounts } from '../metering/usage.ts';

/** Its input leaves out what was read from or written to a cache. Undefined: it tells nothing, or what cannot be. */
export function readUsage(usage: Json | undefined): UsageTokens | undefined {
  if (!isObject(usage)) return undefined;
  const { inputTokens = 0, outputTokens = 0, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  return readCounts({
    input_tokens: inputTokens, output_tokens: outputTokens, cache_read_input_tokens: cacheReadInputTokens, cache_creation_input_tokens: cacheWriteInputTokens,
  });
}
