/** Token counts of answers that are not chat, in the places where the field puts them (providers 7). */
import type { Json } from '../dialects/chat-event.ts';
import { isObject, member } from '../dialects/json-member.ts';
import { noTokens, readUsage, type UsageHook } from '../dialects/metering/usage.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import { tokensOfSeconds } from './audio-time.ts';

const largest = 2 ** 31 - 1;

/** @param read a top-level member of the answer. Undefined: nothing was reported, or the figures are absurd. */
export function readEndpointUsage(read: (member: string) => Json | undefined, hook?: UsageHook): UsageTokens | undefined {
  const usage = read('usage');
  const meta = read('meta');
  if (hook) return readUsage(isObject(usage) ? usage : meta, hook) ?? hooked(isObject(usage) ? usage : meta, hook);
  return timed(usage) ?? apart(usage) ?? readUsage(usage) ?? inputOnly(member(usage, 'total_tokens')) ?? ofMeta(meta);
}

/** Transcripts by time: `{"type":"duration","seconds":12}`. */
const timed = (usage: Json | undefined): UsageTokens | undefined => (member(usage, 'type') === 'duration' ? ofSeconds(member(usage, 'seconds')) : undefined);

/** Sound by its length in seconds, which some write as a text. */
export function ofSeconds(value: Json | undefined): UsageTokens | undefined {
  const seconds = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof seconds === 'number' && seconds >= 0 && seconds < 10_000_000 ? { ...noTokens, input: tokensOfSeconds(seconds) } : undefined;
}

/** Transcripts by token, and realtime: the details are named in the singular. */
export function apart(usage: Json | undefined): UsageTokens | undefined {
  const read = member(usage, 'input_token_details'), wrote = member(usage, 'output_token_details');
  if (!isObject(usage) || (!isObject(read) && !isObject(wrote))) return undefined;
  const tokens = readUsage({ ...usage, input_tokens_details: read ?? {}, output_tokens_details: wrote ?? {} });
  // Cached sound is reported as cached and as sound: it is paid as cached.
  const cached = member(member(read, 'cached_tokens_details'), 'audio_tokens');
  return tokens && typeof cached === 'number' && cached > 0 ? { ...tokens, inputAudio: Math.max(0, tokens.inputAudio - cached) } : tokens;
}

/** Providers whose own object is nothing that the usual reading knows. */
const hooked = (wire: Json | undefined, hook: UsageHook): UsageTokens | undefined => (isObject(wire) ? hook(wire, noTokens) : undefined);

/** Rerankers: `meta.tokens.input_tokens`, or `meta.billed_units.input_tokens`. Units of search are no tokens. */
const ofMeta = (meta: Json | undefined): UsageTokens | undefined =>
  inputOnly(member(member(meta, 'tokens'), 'input_tokens')) ?? inputOnly(member(member(meta, 'billed_units'), 'input_tokens'));

function inputOnly(count: Json | undefined): UsageTokens | undefined {
  const sound = typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= largest;
  return sound ? { ...noTokens, input: count } : undefined;
}
