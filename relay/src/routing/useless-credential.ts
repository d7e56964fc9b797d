/** Whether a failure proves that a credential is of no more use (semantics 3.4): then its operator is told, and the control plane decides. */
import { cleaned } from '../dialects/upstream-refusal.ts';
import type { Failure } from '../failure/failure.ts';
import type { RelayRouting } from '../gql/types.gen.ts';
import { statusesIn } from './status-list.ts';

const longest = 400;

/**
 * @param status that counts; 0: it was never sent, as its form is wrong
 * @returns why, in words for the operator; undefined: it proves nothing
 */
export function uselessBecause({ code, say, details }: Failure, status: number, { disableStatuses, disableKeywords }: RelayRouting): string | undefined {
  const said = details.note ?? say;
  const reason = (): string => cleaned(status > 0 ? `status_code=${status}, ${said}` : said).slice(0, longest);
  if (status === 0) return code === 'channel:invalid_key' ? reason() : undefined;
  if (status < 300) return undefined;
  if (statusesIn(disableStatuses).has(status)) return reason();
  const words = `${said} ${say}`.toLowerCase();
  return disableKeywords.some((keyword) => words.includes(keyword)) ? reason() : undefined;
}
