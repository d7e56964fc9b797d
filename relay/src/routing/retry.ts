/** Whether a failed attempt may be repeated on another channel (semantics 3.2, UPS-03). */
import type { Failure } from '../failure/failure.ts';

/** UPS-01: whatever the setting says. */
const mostAttempts = 10;

/** @param retryTimes attempts beyond the first, as the operator set it */
export const attemptLimit = (retryTimes: number): number => Math.min(mostAttempts, Math.max(0, retryTimes) + 1);

/** 100–199, 300–399, 401–407, 409–499, 500–503, 505–523, 525–599; what is no HTTP status at all counts as a breakdown. */
export function isRetryableStatus(status: number): boolean {
  if (status < 100 || status > 599) return true;
  return !(status >= 200 && status < 300) && status !== 400 && status !== 408 && status !== 504 && status !== 524;
}

export interface FailedAttempt {
  readonly failure: Failure;
  /** What the upstream answered; 0: nothing. */
  readonly status: number;
}

/** Nothing went to the client yet; that is for the caller to know. */
export function isRetryable({ failure, status }: FailedAttempt): boolean {
  const { code } = failure;
  if (code.startsWith('channel:')) return true;
  if (failure.entry.blame !== 'upstream') return false;
  if (status >= 200 && status < 300) return code !== 'upstream_timeout_idle' && code !== 'upstream_timeout_first_byte';
  return status > 0 ? isRetryableStatus(status) : failure.entry.retry === 'other-channel';
}
