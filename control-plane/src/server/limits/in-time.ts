/** How long a question may take (graphql-design 15). Only questions: a change that goes on behind a refusal would be made twice. */
import { GraphQLError, OperationTypeNode } from 'graphql';
import { say } from '../../kernel/words/messages.ts';
import type { Language, Principal } from '../../kernel/context.ts';

const strangerMs = 3_000, callerMs = 10_000, patientMs = 30_000;

/** Fields that add up months of rows, or ask somebody outside: they have waits of their own. */
export const patientFields: ReadonlySet<string> = new Set(['usageSeries', 'usageRanking', 'usageRows', 'logSummary', 'uptime', 'modelSyncPreview', 'paramOverrideTest', 'systemSelfTest']);

interface Asked { kind?: OperationTypeNode | undefined; isPatient?: boolean | undefined }

/** Milliseconds; undefined: as long as the connection is waited for. */
export function executionMs(principal: Principal | undefined, { kind, isPatient }: Asked): number | undefined {
  if (kind !== OperationTypeNode.QUERY) return undefined;
  if (isPatient || principal?.credential === 'integration-key') return patientMs;
  return principal && principal.credential !== 'relay-key' ? callerMs : strangerMs;
}

/** Told in place of a result. */
export const tooLate = (language: Language): GraphQLError => new GraphQLError(say('took_too_long', language), { extensions: { code: 'TIMEOUT' } });

export const late = Symbol('late');

/** Its result, or `late`. The work is not ended by that, and what becomes of it is nobody's any more. */
export async function inTime<Result>(work: Promise<Result>, ms: number | undefined): Promise<Result | typeof late> {
  if (ms === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<typeof late>((resolve) => { timer = setTimeout(resolve, ms, late); })]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);                         // told to nobody: its caller has been answered
  }
}
