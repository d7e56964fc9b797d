/** Token counts of answers that are not chat, in the places where the field puts them (providers 7). */
import type { Json } from '../dialects/chat-event.ts';
import { isObject, member } from '../dialects/json-member.ts';
import { noTokens, readUsage, type UsageHook } from '../dialects/usage.ts';
import type { UsageTokens } from '../gql/types.gen.ts';

const largest = 2 ** 31 - 1;

/** @param read a top-level member of the answer. Undefined: nothing was reported, or the figures are absurd. */
export function readEndpointUsage(read: (member: string) => Json | undefined, hook?: UsageHook): UsageTokens | undefined {
  const usage = read('usage');
  const meta = read('meta');
  if (hook) return readUsage(isObject(usage) ? usage : meta, hook) ?? hooked(isObject(usage) ? usage : meta, hook);
  return readUsage(usage) ?? inputOnly(member(usage, 'total_tokens')) ?? ofMeta(meta);
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
