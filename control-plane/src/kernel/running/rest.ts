import { setTimeout as pause } from 'node:timers/promises';

/**
 * A pause that ends early when its signal fires. To be woken is no fault: whoever rests looks next at why. Does not keep the process
 * alive.
 */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
