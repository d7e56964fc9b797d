import { systemClock, type Clock } from '../trace/clock.ts';

/** Time as the money parts need it: an argument, so that a test runs an hour in milliseconds. */
export interface Timing extends Clock {
  /** After what runs now; several calls in one turn may run together. */
  soon(work: () => void): void;
  /** Returns the way to call it off. Does not keep the process alive. */
  after(delayMs: number, work: () => void): () => void;
}

export const systemTiming: Timing = {
  ...systemClock,
  soon: (work) => { setImmediate(work); },
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs).unref();
    return () => { clearTimeout(timer); };
  },
};

/** Calls `work` at the given pace until the returned function is called. */
export function every(timing: Timing, paceMs: number, work: () => void): () => void {
  const turn = (): void => {
    cancel = timing.after(paceMs, turn);
    work();
  };
  let cancel = timing.after(paceMs, turn);
  return () => { cancel(); };
}
