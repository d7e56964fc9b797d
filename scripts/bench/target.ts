/** A gateway under test: where to ask, with which headers, and whose CPU counts. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** The processes that make up the gateway. */
  pids(): number[];
  /** Resolves when nothing of the last round is still worked on. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Asks again until it holds; throws `what` when it never does. */
export async function until(what: string, withinMs: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await pause(50);
  }
}
