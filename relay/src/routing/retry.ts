/** Whether a failed attempt may be repeated on another channel (semantics 3.2, UPS-03). */
import type { Failure } from '../failure/failure.ts';
import { statusesIn } from './status-list.ts';

/** UPS-01: whatever the setting says. */
const mostAttempts = 10;

/** @param retryTimes attempts beyond the first, as the operator set it */
export const attemptLimit = (retryTimes: number): number => Math.min(mostAttempts, Math.max(0, retryTimes) + 1);

/** @param list of the operator; 504 and 524 are never tried again, and what is no HTTP status at all counts as a breakdown */
export function isRetryableStatus(status: number, list: string): boolean {
  if (status < 100 || status > 599) return true;
  return status !== 504 && status !== 524 && statusesIn(list).has(status);
}

/** The upstream said that it did not take the request. */
const isDefinite = (status: number): boolean => (status >= 400 && status < 500 && status !== 408) || status === 503 || (status >= 300 && status < 400);

export interface FailedAttempt {
  readonly failure: Failure;
  /** What the upstream answered, after the channel's mapping; 0: nothing. */
  readonly status: number;
  /** The upstream may have read the request. */
  readonly sent: boolean;
  /** What was asked for must not be made twice: a picture, a film. */
  readonly once: boolean;
}

/** Nothing went to the client yet; that is for the caller to know. */
export function isRetryable({ failure, status, sent, once }: FailedAttempt, list: string): boolean {
  const { code } = failure;
  if (failure.details.violation || failure.details.incurable) return false;
  if (once && sent && !isDefinite(status)) return false;
  if (code.startsWith('channel:')) return true;
  if (failure.entry.blame !== 'upstream') return false;
  // Semantics 3.2: an answer that nobody can read was an answer.
  if (status >= 200 && status < 300) return code !== 'upstream_timeout_idle' && code !== 'upstream_timeout_first_byte' && code !== 'bad_response_body';
  return status > 0 ? isRetryableStatus(status, list) : failure.entry.retry === 'other-channel';
}
