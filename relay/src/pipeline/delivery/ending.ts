/** The usage truth table (reliability-security, appendix A): what each way of ending charges. Pure; a row of the test for each row of the table. */
import { chargedUsage } from '../../dialects/metering/charged-usage.ts';
import type { AnswerReport } from '../../dialects/dialect.ts';
import { noTokens } from '../../dialects/metering/usage.ts';
import type { StreamEnd, UsageSource, UsageTokens } from '../../gql/types.gen.ts';

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

export function verdictOf(facts: AnswerFacts): Verdict {
  const { report } = facts;
  if (facts.clientGone) return clientGone(facts);
  if (!report) return { charged: false, end: 'NONE', tokens: noTokens, source: 'NONE' };
  const end = facts.broken === undefined ? 'COMPLETE' : facts.broken === 'cut' ? 'CUT' : 'UPSTREAM_ERROR';
  return { charged: true, end, ...chargedUsage(report, facts.estimatedInput) };
}

function clientGone(facts: AnswerFacts): Verdict {
  const { report } = facts;
  const end = 'CLIENT_GONE';
  if (!facts.dispatched) return { charged: false, end, tokens: noTokens, source: 'NONE' };
  // It left when everything had been said: what the upstream reported is what it costs.
  if (report?.complete && report.tokens) return { charged: true, end, tokens: report.tokens, source: 'UPSTREAM' };
  const estimate = report ? chargedUsage({ ...report, tokens: undefined, begun: report.tokens ?? report.begun }, facts.estimatedInput).tokens : { ...noTokens, input: facts.estimatedInput };
  if (facts.stream) return { charged: true, end, tokens: estimate, source: 'ESTIMATED' };
  return { charged: false, end, tokens: noTokens, source: 'NONE', lostTokens: estimate };
}
