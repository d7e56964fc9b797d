/** Waits for what other processes will make true; the only kind of waiting that a scenario does. */
import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with the first result that is not undefined or false, and with how long it took. Throws after `withinMs`. */
export async function until<T>(what: string, withinMs: number, look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  const startedAt = performance.now();
  let last: unknown;
  for (;;) {
    try {
      const result = await look();
      if (result !== undefined && result !== false) return result;
      last = undefined;
    } catch (error) {
      last = error;                                      // what is looked at may be down for a while: that is the point
    }
    if (performance.now() - startedAt > withinMs) throw new Error(`${what}: not within ${withinMs} ms`, { cause: last });
    await pause(Math.min(25, withinMs / 10));
  }
}
