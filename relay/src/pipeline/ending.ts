/** The usage truth table (reliability-security, appendix A): what each way of ending charges. Pure; a row of the test for each row of the table. */
import type { AnswerReport } from '../dialects/dialect.ts';
import type { StreamEnd, UsageSource, UsageTokens } from '../gql/types.gen.ts';

export interface AnswerFacts {
  readonly stream: boolean;
  /** Model tokens of the request, by our own estimate. */
  readonly estimatedInput: number;
  /** The last attempt reached its upstream. */
  readonly dispatched: boolean;
  /** Nothing of an answer that is worth delivering came: undefined. */
  readonly report: AnswerReport | undefined;
  /** The client left before the answer was complete. */
  readonly clientGone: boolean;
  /** The upstream's side broke off, or reported an error, after the answer had begun. */
  readonly broken: 'cut' | 'upstream-error' | undefined;
}

export interface Verdict {
  /** False: nothing is charged. */
  readonly charged: boolean;
  readonly end: StreamEnd;
  readonly tokens: UsageTokens;
  readonly source: UsageSource;
  /** What the platform bears. */
  readonly lostTokens?: UsageTokens;
}

export const noTokens: UsageTokens = Object.freeze({
  input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 0, reasoning: 0, outputAudio: 0,
});

export function verdictOf(facts: AnswerFacts): Verdict {
  const { report } = facts;
  if (facts.clientGone) return clientGone(facts);
  if (!report) return { charged: false, end: 'NONE', tokens: noTokens, source: 'NONE' };
  const end = facts.broken === undefined ? 'COMPLETE' : facts.broken === 'cut' ? 'CUT' : 'UPSTREAM_ERROR';
  return { charged: true, end, ...usageOf(facts, report) };
}

function clientGone(facts: AnswerFacts): Verdict {
  const { report } = facts;
  const end = 'CLIENT_GONE';
  if (!facts.dispatched) return { charged: false, end, tokens: noTokens, source: 'NONE' };
  // It left when everything had been said: what the upstream reported is what it costs.
  if (report?.complete && report.tokens) return { charged: true, end, tokens: report.tokens, source: 'UPSTREAM' };
  const estimate = report ? estimateOf(facts, report) : { ...noTokens, input: facts.estimatedInput };
  if (facts.stream) return { charged: true, end, tokens: estimate, source: 'ESTIMATED' };
  return { charged: false, end, tokens: noTokens, source: 'NONE', lostTokens: estimate };
}

function usageOf(facts: AnswerFacts, report: AnswerReport): { tokens: UsageTokens; source: UsageSource } {
  return report.tokens ? { tokens: report.tokens, source: 'UPSTREAM' } : { tokens: estimateOf(facts, report), source: 'ESTIMATED' };
}

/** What was said when the answer began counts for the input; the output is what was received. */
export function estimateOf(facts: Pick<AnswerFacts, 'estimatedInput'>, report: AnswerReport): UsageTokens {
  const begun = report.tokens ?? report.begun;
  if (!begun) return { ...noTokens, input: facts.estimatedInput, output: report.receivedTokens };
  return { ...begun, output: Math.max(begun.output, report.receivedTokens) };
}
