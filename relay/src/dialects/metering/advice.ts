/** A second model may be asked inside an answer (the advisor of Anthropic). Its tokens are in no total, and have the price of its model (dialects 6.5). */
import type { UsageTokens } from '../../gql/types.gen.ts';
import type { Json } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { readUsage } from './usage.ts';

/** What was asked of one model. */
export interface Advice { readonly model: string; readonly calls: number; readonly tokens: UsageTokens }

/** An answer names one or two; of a list that does not end, the rest is not believed. */
const mostModels = 4;

/** @param usage of an answer of anthropic-messages. Undefined: nobody was asked */
export function adviceOf(usage: Json | undefined): readonly Advice[] | undefined {
  const rounds = member(usage, 'iterations');
  if (rounds === undefined) return undefined;
  const byModel = new Map<string, Advice>();
  for (const round of list(rounds)) {
    const model = text(member(round, 'model')), tokens = isObject(round) && round['type'] === 'advisor_message' ? readUsage(round) : undefined;
    if (!model || !tokens || (byModel.size >= mostModels && !byModel.has(model))) continue;
    const known = byModel.get(model);
    byModel.set(model, { model, calls: (known?.calls ?? 0) + 1, tokens: known ? together(known.tokens, tokens) : tokens });
  }
  return byModel.size > 0 ? [...byModel.values()] : undefined;
}

/** Of what these rounds count. */
function together(one: UsageTokens, other: UsageTokens): UsageTokens {
  return {
    ...one, input: one.input + other.input, cacheRead: one.cacheRead + other.cacheRead, cacheWrite: one.cacheWrite + other.cacheWrite,
    cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h, output: one.output + other.output,
  };
}
