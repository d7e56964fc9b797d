/** What providers report of a turn, and what was used beside its answer. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { isObject } from '../dialects/json-member.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { ofSeconds, readEndpointUsage } from '../endpoints/endpoint-usage.ts';
import type { UsageTokens } from '../gql/types.gen.ts';

/** Of a `response`. Zeros are a report; nothing is none. */
export function usageOf(response: Json | undefined): UsageTokens | undefined {
  return isObject(response) ? readEndpointUsage((name) => (name === 'usage' ? response['usage'] : undefined)) : undefined;
}

/** Of a transcript of what the user said: tokens, or the seconds of its sound. */
export function transcriptUsage(event: JsonObject | undefined): UsageTokens | undefined {
  const usage = event?.['usage'];
  if (!isObject(usage)) return undefined;
  return usage['type'] === 'duration' ? ofSeconds(usage['seconds']) : readEndpointUsage((name) => (name === 'usage' ? usage : undefined));
}

export function sum(one: UsageTokens, other: UsageTokens): UsageTokens {
  if (other === noTokens) return one;
  return {
    input: one.input + other.input, cacheRead: one.cacheRead + other.cacheRead, cacheWrite: one.cacheWrite + other.cacheWrite,
    cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h, inputAudio: one.inputAudio + other.inputAudio, inputImage: one.inputImage + other.inputImage,
    output: one.output + other.output, outputAudio: one.outputAudio + other.outputAudio, reasoning: one.reasoning + other.reasoning,
    outputImage: (one.outputImage ?? 0) + (other.outputImage ?? 0),
  };
}
