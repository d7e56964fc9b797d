import type { UsageTokens } from '../../gql/types.gen.ts';
import type { JsonObject } from '../chat-event.ts';

/** Dialects 6.5. The cache parts stand inside the input; official clients want all five members. */
export function writeUsage(tokens: UsageTokens): JsonObject {
  const written = tokens.cacheWrite + tokens.cacheWrite1h;
  return {
    input_tokens: tokens.input,
    input_tokens_details: { cached_tokens: tokens.cacheRead, ...(written ? { cache_write_tokens: written } : {}) },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.output,
  };
}
