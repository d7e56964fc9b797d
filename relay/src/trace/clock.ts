/** Time as an argument, so that tests own it. Both in milliseconds. */
export interface Clock {
  /** Wall clock since 1970: for what people and other machines read. May jump. */
  now(): number;
  /** Only ever grows; its zero means nothing: for durations and deadlines. */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
