import type { UsageSource, UsageTokens } from '../../gql/types.gen.ts';
import type { AnswerReport } from '../dialect.ts';
import { noTokens } from './usage.ts';

/**
 * The tokens that an answer is charged for, of which some reached the client (reliability-security, appendix A).
 *
 * @param estimatedInput tokens, from `estimateInput`; used where the upstream said nothing
 */
export function chargedUsage(report: AnswerReport, estimatedInput: number): { tokens: UsageTokens; source: UsageSource } {
  if (report.tokens) return { tokens: report.tokens, source: 'UPSTREAM' };
  // Semantics 1.10: what the start of the answer said about the input and its cache stays; only the output is ours.
  const input = report.begun ?? { ...noTokens, input: estimatedInput };
  return { tokens: { ...input, output: Math.max(input.output, report.receivedTokens) }, source: 'ESTIMATED' };
}
