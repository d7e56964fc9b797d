/**
 * Usage objects as providers write them (dialects 6.5, semantics 1.6). Whether cached tokens stand inside the input or beside
 * it is a property of the object and not of the dialect that carries it. Our own figures always have them inside.
 */
import type { UsageTokens } from '../../gql/types.gen.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject, list, member } from '../json-member.ts';

/** What a provider knows better than its dialect: reads the same object again. */
export type UsageHook = (wire: JsonObject, usual: UsageTokens) => UsageTokens;

export const noTokens: UsageTokens = {
  input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputAudio: 0, inputImage: 0, output: 0, outputAudio: 0, outputImage: 0, reasoning: 0,
};

const largest = 2 ** 31 - 1;

/** Undefined when a figure cannot be a count: negative, broken, or above 2³¹ (semantics 1.10: no recharging by usage). */
export function readUsage(wire: Json | undefined, hook?: UsageHook): UsageTokens | undefined {
  if (!isObject(wire)) return undefined;
  const counts = new Counts();
  const usual = isGemini(wire) ? thoughtsBeside(wire, counts) : beside(wire) ? cacheBeside(wire, counts) : cacheInside(wire, counts);
  const tokens = hook && usual ? hook(wire, usual) : usual;
  if (!tokens || counts.absurd) return undefined;
  return Object.values(tokens).every((count) => typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= largest) ? tokens : undefined;
}

class Counts {
  absurd = false;

  of(value: Json | undefined): number {
    if (value === undefined || value === null) return 0;
    const possible = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest;
    if (!possible) this.absurd = true;
    return possible ? value : 0;
  }
}

const beside = (wire: JsonObject): boolean => wire['prompt_tokens'] === undefined && wire['input_tokens_details'] === undefined;

/** OpenAI chat and its relatives, and the Responses names. */
function cacheInside(wire: JsonObject, counts: Counts): UsageTokens | undefined {
  const input = wire['prompt_tokens'] ?? wire['input_tokens'];
  const output = wire['completion_tokens'] ?? wire['output_tokens'];
  if (input === undefined && output === undefined) return undefined;
  const read = wire['prompt_tokens_details'] ?? wire['input_tokens_details'];
  const wrote = wire['completion_tokens_details'] ?? wire['output_tokens_details'];
  const tokens = {
    ...noTokens,
    input: counts.of(input),
    cacheRead: counts.of(member(read, 'cached_tokens') ?? wire['cached_tokens']),
    cacheWrite: counts.of(member(read, 'cache_write_tokens') ?? member(read, 'cache_creation_input_tokens')),
    inputAudio: counts.of(member(read, 'audio_tokens')),
    inputImage: counts.of(member(read, 'image_tokens')),
    output: counts.of(output),
    outputAudio: counts.of(member(wrote, 'audio_tokens')),
    outputImage: counts.of(member(wrote, 'image_tokens')),
    reasoning: counts.of(member(wrote, 'reasoning_tokens')),
  };
  // xAI counts reasoning beside the completion; its total gives it away.
  const apart = tokens.reasoning > 0 && counts.of(wire['total_tokens']) === tokens.input + tokens.output + tokens.reasoning;
  return apart ? { ...tokens, output: tokens.output + tokens.reasoning } : tokens;
}

/** Anthropic: what was read from or written to a cache is not in `input_tokens`. */
function cacheBeside(wire: JsonObject, counts: Counts): UsageTokens | undefined {
  if (wire['input_tokens'] === undefined && wire['output_tokens'] === undefined) return undefined;
  const parts = rounds(wire).map((round) => oneRound(round, counts));
  const sum = (name: keyof UsageTokens): number => parts.reduce((total, part) => total + (part[name] ?? 0), 0);
  return {
    ...noTokens, input: sum('input'), cacheRead: sum('cacheRead'), cacheWrite: sum('cacheWrite'), cacheWrite1h: sum('cacheWrite1h'),
    output: sum('output'), reasoning: counts.of(member(wire['output_tokens_details'], 'thinking_tokens') ?? member(wire['output_tokens_details'], 'reasoning_tokens')),
  };
}

/** Where the provider worked in several rounds, the figures on top leave some of them out, unless another model took over. */
function rounds(wire: JsonObject): JsonObject[] {
  const listed = Array.isArray(wire['iterations']) ? wire['iterations'].filter(isObject) : [];
  const own = listed.filter((round) => round['type'] === 'message' || round['type'] === 'compaction');
  return own.length === 0 || listed.some((round) => round['type'] === 'fallback_message') ? [wire] : own;
}

function oneRound(wire: JsonObject, counts: Counts): UsageTokens {
  const cacheRead = counts.of(wire['cache_read_input_tokens']);
  const fiveMinutes = counts.of(member(wire['cache_creation'], 'ephemeral_5m_input_tokens'));
  const oneHour = counts.of(member(wire['cache_creation'], 'ephemeral_1h_input_tokens'));
  const written = Math.max(counts.of(wire['cache_creation_input_tokens']), fiveMinutes + oneHour);
  return {
    ...noTokens,
    input: counts.of(wire['input_tokens']) + cacheRead + written,
    cacheRead,
    cacheWrite: written - oneHour,
    cacheWrite1h: oneHour,
    output: counts.of(wire['output_tokens']),
  };
}

const isGemini = (wire: JsonObject): boolean => geminiCounts.some((name) => wire[name] !== undefined);
const geminiCounts = ['promptTokenCount', 'candidatesTokenCount', 'totalTokenCount', 'thoughtsTokenCount'];

/** Gemini: thoughts are beside the candidates, what tools put into the prompt beside the prompt, and cached tokens inside it. */
function thoughtsBeside(wire: JsonObject, counts: Counts): UsageTokens {
  const reasoning = counts.of(wire['thoughtsTokenCount']);
  const modality = (name: string, kind: string): number =>
    counts.of(member(list(wire[name]).find((detail) => member(detail, 'modality') === kind), 'tokenCount'));
  return {
    ...noTokens,
    input: counts.of(wire['promptTokenCount']) + counts.of(wire['toolUsePromptTokenCount']),
    cacheRead: counts.of(wire['cachedContentTokenCount']),
    inputAudio: modality('promptTokensDetails', 'AUDIO'),
    inputImage: modality('promptTokensDetails', 'IMAGE'),
    output: counts.of(wire['candidatesTokenCount']) + reasoning,
    outputAudio: modality('candidatesTokensDetails', 'AUDIO'),
    outputImage: modality('candidatesTokensDetails', 'IMAGE'),
    reasoning,
  };
}
