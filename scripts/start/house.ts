/** Everything that one command has started, and the one way in which it all ends. */
import { once } from 'node:events';
import { type ProcessPlan, supervise, type Supervised } from './supervised.ts';
import { writeRunning } from './data-folder.ts';

export class House {
  /** In the order in which they must run: what was started last is stopped first. */
  readonly #stops: (() => Promise<void>)[] = [];
  readonly #processes: Supervised[] = [];
  readonly stopping: AbortSignal;

  constructor() { this.stopping = this.#listen(); }

  atEnd(stop: () => Promise<void>): void { this.#stops.unshift(stop); }

  /** Starts processes that are started again when they die, and resolves when all are ready. */
  async run(dataFolder: string, plans: readonly ProcessPlan[]): Promise<void> {
    const remember = (): void => writeRunning(dataFolder, Object.fromEntries(this.#processes.map((one) => [one.name, one.pid() ?? 0])));
    const started = plans.map((plan) => {
      const one = supervise(plan, () => queueMicrotask(remember));
      this.#processes.push(one);
      this.atEnd(() => one.stop());
      return one;
    });
    await Promise.all(started.map((one) => one.ready(this.stopping)));
  }

  /** Aborts at the first signal. Ctrl-C arrives several times (terminal, npm, bootstrap); one that comes later means: now. */
  #listen(): AbortSignal {
    const controller = new AbortController();
    let firstAt = 0;
    const heard = (): void => {
      if (firstAt && Date.now() - firstAt > 2_000) for (const one of this.#processes) one.kill();
      firstAt ||= Date.now();
      controller.abort();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
    return controller.signal;
  }

  async stop(): Promise<void> {
    for (const stopOne of this.#stops.splice(0)) {
      await stopOne().catch((error: unknown) => console.error(`while stopping: ${String(error)}`));
    }
  }
}

/**
 * Builds a house and keeps it until a signal says stop. `build` checks `house.stopping` between its steps, so that
 * whatever it has started is known when the signal is obeyed. Throws what kept it from starting, after all is stopped.
 */
export async function keepHouse(build: (house: House) => Promise<void>): Promise<void> {
  const house = new House();
  try {
    await build(house);
    const alive = setInterval(() => {}, 60_000);           // nothing else keeps this process alive
    if (!house.stopping.aborted) await once(house.stopping, 'abort');
    clearInterval(alive);
  } catch (error) {
    if (!house.stopping.aborted) throw error;
  } finally {
    if (house.stopping.aborted) console.log('\nstopping: the relay finishes its answers first (once more: at once)');
    await house.stop();
  }
  console.log('stopped');
}
