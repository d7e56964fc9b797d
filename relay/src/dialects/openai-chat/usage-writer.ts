import type { UsageTokens } from '../../gql/types.gen.ts';
import type { JsonObject } from '../chat-event.ts';

/** Dialects 6.5. The cache parts stand inside the prompt. */
export function writeUsage(tokens: UsageTokens): JsonObject {
  const written = tokens.cacheWrite + tokens.cacheWrite1h;
  return {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    prompt_tokens_details: { cached_tokens: tokens.cacheRead, ...(written ? { cache_write_tokens: written } : {}), ...(tokens.inputAudio ? { audio_tokens: tokens.inputAudio } : {}), ...(tokens.inputImage ? { image_tokens: tokens.inputImage } : {}) },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning, ...(tokens.outputAudio ? { audio_tokens: tokens.outputAudio } : {}), ...(tokens.outputImage ? { image_tokens: tokens.outputImage } : {}) },
  };
}
