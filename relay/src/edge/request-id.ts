/** Request ids, which are charge ids too: unique for ever, over all relays and restarts, and cheap. */
import { randomBytes } from 'node:crypto';

const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * Ids of the form `20260101000000` + 8 letters of this process + a counter: the time makes them readable and sorts them, the
 * letters tell processes apart (2.8 × 10¹² of them), the counter tells requests apart.
 *
 * @param now milliseconds since 1970
 */
export function requestIds(now: () => number, seed: Buffer = randomBytes(8)): () => string {
  const letters = seed.readBigUInt64LE().toString(36).padStart(8, '0').slice(-8);
  let second = -1, prefix = '', count = 0;
  return () => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      const at = new Date(current * 1_000);
      prefix = `${at.getUTCFullYear()}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}${pad(at.getUTCHours())}${pad(at.getUTCMinutes())}${pad(at.getUTCSeconds())}${letters}`;
    }
    return prefix + (count++).toString(36);
  };
}
