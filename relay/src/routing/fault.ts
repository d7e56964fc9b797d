import { Failure } from '../failure/failure.ts';

/** What an attempt says about where it went: it serves, its credential does not, it does not as a whole, or nothing. */
export type Sign = 'fine' | 'credential' | 'channel' | 'nothing';

/** @param result of an attempt: a failure, or an answer. @param status that counts; 0: no answer */
export function signOf(result: unknown, status: number): Sign {
  if (!(result instanceof Failure)) return 'fine';
  const { code, entry } = result;
  if (code === 'channel:invalid_key' || code === 'channel:no_available_key' || status === 429) return 'credential';
  if (code === 'client_gone' || entry.blame !== 'upstream' || (code.startsWith('channel:') && status === 0)) return 'nothing';
  // A refusal of the request is an answer like any other; an answer that failed inside a success is none.
  return status >= 400 && status < 500 && status !== 408 ? 'fine' : 'channel';
}
