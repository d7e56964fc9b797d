import type { UsageTokens } from '../../gql/types.gen.ts';
import type { JsonObject } from '../chat-event.ts';

/** Dialects 6.5. The cache parts stand beside the input. */
export function writeUsage(tokens: UsageTokens): JsonObject {
  const written = tokens.cacheWrite + tokens.cacheWrite1h;
  return {
    input_tokens: Math.max(0, tokens.input - tokens.cacheRead - written),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: tokens.cacheRead,
    ...(tokens.cacheWrite1h ? { cache_creation: { ephemeral_5m_input_tokens: tokens.cacheWrite, ephemeral_1h_input_tokens: tokens.cacheWrite1h } } : {}),
    output_tokens: tokens.output,
    ...(tokens.reasoning ? { output_tokens_details: { thinking_tokens: tokens.reasoning } } : {}),
  };
}
