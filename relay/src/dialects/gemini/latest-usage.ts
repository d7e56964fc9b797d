import type { UsageTokens } from '../../gql/types.gen.ts';

/** Every chunk reports anew: the last one counts, unless it says nothing. */
export const latest = (report: UsageTokens | undefined, before: UsageTokens | undefined): UsageTokens | undefined =>
  (report && (report.input + report.output > 0 || !before) ? report : before);
