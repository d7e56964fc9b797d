/** Chance as an argument: a number in [0, 1). */
export type Random = () => number;

/** Exponential backoff with full jitter (CFG-10): 100 ms doubling to 10 s, so that a fleet does not come back in step. */
export function backoffMs(failures: number, random: Random): number {
  return random() * Math.min(10_000, 100 * 2 ** Math.min(failures, 20));
}
