import { vi } from 'vitest';

/**
 * Waits until `check` stops throwing and gives its value. Patience is not a measurement: it is long because a loaded machine is
 * slow, and a check must be of something that lasts, since a state that comes and goes may pass between two looks.
 */
export const eventually = <T>(check: () => T | Promise<T>, patienceMs = 10_000): Promise<T> =>
  vi.waitFor(check, { timeout: patienceMs, interval: 5 });
