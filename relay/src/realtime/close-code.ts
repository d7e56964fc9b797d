/** Codes that end a WebSocket (RFC 6455 7.4, reliability RLY-10). */
import type { Failure } from '../failure/failure.ts';

export const closeCodes = {
  /** Never sent: the other end went without a word. */
  cut: 1_006,
  goingAway: 1_001,
  policy: 1_008,
  broken: 1_011,
  of: ({ code, entry }: Failure): number => {
    if (code === 'draining') return closeCodes.goingAway;
    return entry.blame === 'upstream' ? closeCodes.broken : closeCodes.policy;
  },
} as const;

const reserved = new Set([1_004, 1_005, 1_006, 1_015]);

/** The same code for the other end, where it may be sent at all. */
export const closingCode = (code: number): number => ((code >= 1_000 && code <= 1_014 && !reserved.has(code)) || (code >= 3_000 && code <= 4_999) ? code : 1_000);
