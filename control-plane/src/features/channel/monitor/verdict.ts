/** What a test says of the status of a channel (semantics 3.4). */
import type { Sql } from '../../../database/sql.ts';
import { readOptions } from '../../option/option-values.ts';
import { isInRanges } from '../../option/status-ranges.ts';
import { linesOf } from '../../option/text-lines.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import type { Tried } from '../test/try-channel.ts';

export interface TestRules {
  disables: boolean;
  enables: boolean;
  statuses: string;
  /** In lower case. */
  keywords: readonly string[];
  /** Undefined: no test is too slow. */
  slowestMs: number | undefined;
}

export async function readTestRules(sql: Sql): Promise<TestRules> {
  const values = await readOptions(sql, ['AutomaticDisableChannelEnabled', 'AutomaticEnableChannelEnabled', 'AutomaticDisableStatusCodes', 'AutomaticDisableKeywords', 'ChannelDisableThreshold']);
  const seconds = Number(values.get('ChannelDisableThreshold'));
  return {
    disables: values.get('AutomaticDisableChannelEnabled') === 'true', enables: values.get('AutomaticEnableChannelEnabled') === 'true',
    statuses: values.get('AutomaticDisableStatusCodes')!, keywords: linesOf(values.get('AutomaticDisableKeywords')!).map((line) => line.toLowerCase()),
    slowestMs: seconds > 0 ? seconds * 1_000 : undefined,
  };
}

export interface Verdict { status: ChannelStatus; reason: string | null }

function proof({ errorCode, httpStatus, message }: Tried, { statuses, keywords }: TestRules): boolean {
  const words = (message ?? '').toLowerCase();
  return Boolean(errorCode?.startsWith('channel:')) || (httpStatus !== null && isInRanges(statuses, httpStatus)) || keywords.some((keyword) => words.includes(keyword));
}

/**
 * Undefined: it stays as it is. A channel with several credentials is never switched off for one of them: relays do that
 * credential by credential.
 */
export function verdictOf({ status, autoBan }: Pick<Channel, 'status' | 'autoBan'>, credentials: number, tried: Tried, rules: TestRules): Verdict | undefined {
  const isSlow = tried.ok && rules.slowestMs !== undefined && tried.latencyMs > rules.slowestMs;
  if (status === ChannelStatus.AUTO_DISABLED && rules.enables && tried.ok && !isSlow) return { status: ChannelStatus.ENABLED, reason: null };
  if (status !== ChannelStatus.ENABLED || !rules.disables || !autoBan || credentials > 1) return undefined;
  if (isSlow) return { status: ChannelStatus.AUTO_DISABLED, reason: `A test took ${(tried.latencyMs / 1_000).toFixed(1)} s` };
  if (tried.ok || !proof(tried, rules)) return undefined;
  return { status: ChannelStatus.AUTO_DISABLED, reason: [tried.errorCode, tried.message].filter(Boolean).join(': ').slice(0, 500) };
}
