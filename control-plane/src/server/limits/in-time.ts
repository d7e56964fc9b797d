/** How long a question may take (graphql-design 15). Only questions: a change that goes on behind a refusal would be made twice. */
import { GraphQLError, OperationTypeNode } from 'graphql';
import { withStatementTime } from '../../database/statement-time.ts';
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

/**
 * For statements, a little later than the caller is told: what ends one must not be what they read. Two values are enough, for a connection is told
 * whenever its work has another one than the last: who calls is found out under the usual one.
 */
const graceMs = 500;
export const usualStatementMs = callerMs + graceMs;
const statementMs = (ms: number): number => Math.max(ms + graceMs, usualStatementMs);

/** Of a field that REST reads: nobody measures what that asks for. */
export const readingMs = (path: readonly string[]): number => statementMs(path.some((name) => patientFields.has(name)) ? patientMs : callerMs);

/** Its result, or `late`. What the work asks the database then ends, and what becomes of the rest is nobody's any more. */
export async function inTime<Result>(begin: () => Promise<Result>, ms: number | undefined): Promise<Result | typeof late> {
  if (ms === undefined) return begin();
  const work = withStatementTime(statementMs(ms), begin);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<typeof late>((resolve) => { timer = setTimeout(resolve, ms, late); })]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);                         // told to nobody: its caller has been answered
  }
}
