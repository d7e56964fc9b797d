import { rest } from './rest.ts';
import type { Logger } from 'pino';
import type { Worker } from './worker.ts';

const firstRestMs = 100, longestRestMs = 3_000;

/**
 * Takes turns until it is stopped. A turn that fails (PostgreSQL restarted, Redis away) is logged once for each run of
 * failures and tried again with growing rests: nothing that happens outside may end the process.
 */
export class Loop implements Worker {
  private readonly ending = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** @param turn must return soon after its signal is aborted */
  constructor(private readonly name: string, private readonly turn: (signal: AbortSignal) => Promise<void>, private readonly log: Logger) {}

  start(): void {
    this.running = this.run(this.ending.signal);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.turn(signal);
        if (failures > 0) this.log.info(`${this.name}: works again`);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (failures++ === 0) this.log.error({ err: error }, `${this.name}: failed, trying again`);
        await rest(Math.min(firstRestMs * 2 ** (failures - 1), longestRestMs), signal);
      }
    }
  }
}
