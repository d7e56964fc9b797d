/** Several workers on one port: started, watched, and started again when one dies. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Logger } from 'pino';

/** A worker that ends with this cannot start, and would not the next time either. */
export const cannotStart = 78;
const soonMs = 200, latestMs = 5_000, settledMs = 10_000;

export class Supervisor {
  private readonly children = new Map<number, ChildProcess>();
  private readonly script: string;
  private readonly log: Logger;
  private stopping = false;

  constructor(script: string, log: Logger) {
    this.script = script;
    this.log = log;
  }

  /** @returns the code to end with, when all workers have ended */
  async run(workers: number): Promise<number> {
    const codes = await Promise.all(Array.from({ length: workers }, (_, index) => this.keep(index + 1)));
    return codes.find((code) => code !== 0) ?? 0;
  }

  /** Passes the signal on; each worker drains by itself. */
  stop(signal: NodeJS.Signals): void {
    this.stopping = true;
    for (const child of this.children.values()) child.kill(signal);
  }

  private async keep(number: number): Promise<number> {
    for (let waitMs = soonMs; ; waitMs = Math.min(waitMs * 2, latestMs)) {
      const begunAt = performance.now();
      const code = await this.one(number);
      if (this.stopping || code === cannotStart) { this.stopAll(code); return code; }
      this.log.error({ worker: number, code }, 'a worker ended; starting it again');
      if (performance.now() - begunAt > settledMs) waitMs = soonMs;
      await new Promise((resolve) => { setTimeout(resolve, waitMs); });
      if (this.stopping) return 0;
    }
  }

  private stopAll(code: number): void {
    if (code === cannotStart) this.stop('SIGTERM');
  }

  private one(number: number): Promise<number> {
    const child = fork(this.script, ['--worker', String(number)]);
    this.children.set(number, child);
    return new Promise((resolve) => {
      child.once('exit', (code, signal) => { this.children.delete(number); resolve(code ?? (signal === 'SIGTERM' ? 0 : 1)); });
      child.once('error', () => resolve(1));
    });
  }
}
