import type { Json, JsonObject, TokenLogprob } from '../chat-event.ts';
import { wire } from '../json-member.ts';
import { given, givenList, givenNumber, givenText } from './given.ts';

/** Dialects 6.11: what was chosen, and beside it what else might have been. */
export function logprobsOf(candidate: Json): TokenLogprob[] {
  const result = given(candidate, 'logprobsResult');
  const tops = givenList(result, 'topCandidates');
  return givenList(result, 'chosenCandidates').map((chosen, index) => ({ ...tokenOf(chosen), top: givenList(tops[index], 'candidates').map(tokenOf) }));
}

const tokenOf = (one: Json): TokenLogprob => ({ token: givenText(one, 'token') ?? '', logprob: givenNumber(one, 'logProbability') ?? 0, bytes: null, top: [] });

/** The members of a candidate; none where nothing is known. */
export function writeLogprobs(logprobs: readonly TokenLogprob[]): JsonObject {
  if (!logprobs.length) return {};
  const sum = logprobs.reduce((total, one) => total + one.logprob, 0);
  const tops = logprobs.some((one) => one.top.length) ? logprobs.map((one) => ({ candidates: one.top.map(writeToken) })) : undefined;
  return { avgLogprobs: sum / logprobs.length, logprobsResult: wire({ chosenCandidates: logprobs.map(writeToken), topCandidates: tops, logProbabilitySum: sum }) };
}

const writeToken = ({ token, logprob }: TokenLogprob): JsonObject => ({ token, logProbability: logprob });
