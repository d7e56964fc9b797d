/** Log probabilities as both dialects of OpenAI say them (dialects 6.11). */
import type { Json, JsonObject, TokenLogprob } from '../chat-event.ts';
import { list, member, text } from '../json-member.ts';

export const readLogprobs = (wire: Json | undefined): TokenLogprob[] => list(wire).map(readToken);

function readToken(wire: Json): TokenLogprob {
  const logprob = member(wire, 'logprob'), bytes = member(wire, 'bytes');
  return {
    token: text(member(wire, 'token')) ?? '', logprob: typeof logprob === 'number' ? logprob : 0,
    bytes: Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === 'number') : null, top: readLogprobs(member(wire, 'top_logprobs')),
  };
}

export const writeLogprobs = (logprobs: readonly TokenLogprob[]): JsonObject[] => logprobs.map((one) => ({ ...writeToken(one), top_logprobs: one.top.map(writeToken) }));

const writeToken = ({ token, logprob, bytes }: TokenLogprob): JsonObject => ({ token, logprob, bytes });
