/** Usage in the words of each dialect: written for the echo model, read back from any answer for the ground truth. */
import { objectIn, type DialectName, type JsonObject, type Usage } from './answer.ts';

export function usageObject(dialect: DialectName, { input, output, cached }: Usage): JsonObject {
  if (dialect === 'anthropic-messages') {
    return { input_tokens: input - cached, cache_creation_input_tokens: 0, cache_read_input_tokens: cached, output_tokens: output };
  }
  if (dialect === 'openai-responses') {
    return { input_tokens: input, input_tokens_details: { cached_tokens: cached }, output_tokens: output, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: input + output };
  }
  if (dialect === 'gemini') return { promptTokenCount: input, cachedContentTokenCount: cached, candidatesTokenCount: output, totalTokenCount: input + output };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, prompt_tokens_details: { cached_tokens: cached } };
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

function readUsage(dialect: DialectName, wire: JsonObject): Usage {
  if (dialect === 'anthropic-messages') {
    const cached = number(wire.cache_read_input_tokens);
    return { input: number(wire.input_tokens) + number(wire.cache_creation_input_tokens) + cached, output: number(wire.output_tokens), cached };
  }
  if (dialect === 'openai-responses') return { input: number(wire.input_tokens), output: number(wire.output_tokens), cached: number(objectIn(wire, 'input_tokens_details')?.cached_tokens) };
  if (dialect === 'gemini') return { input: number(wire.promptTokenCount), output: number(wire.candidatesTokenCount) + number(wire.thoughtsTokenCount), cached: number(wire.cachedContentTokenCount) };
  return { input: number(wire.prompt_tokens), output: number(wire.completion_tokens), cached: number(objectIn(wire, 'prompt_tokens_details')?.cached_tokens) };
}

/** The usage objects of an answer, wherever its dialect puts them. */
export const usagesIn = (payload: JsonObject): JsonObject[] =>
  [payload, objectIn(payload, 'message'), objectIn(payload, 'response')].map((owner) => objectIn(owner, 'usage') ?? objectIn(owner, 'usageMetadata')).filter((usage) => usage !== undefined);

/** The last word on usage in what was sent; undefined when none of it speaks of usage. Later members replace earlier ones. */
export function reportedUsage(dialect: DialectName, payloads: readonly JsonObject[]): Usage | undefined {
  const found = payloads.flatMap(usagesIn);
  return found.length ? readUsage(dialect, Object.assign({}, ...found) as JsonObject) : undefined;
}
