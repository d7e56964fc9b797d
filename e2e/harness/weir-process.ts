/** One real process of Weir, as people run it, that a scenario may kill, freeze and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';
import { stopChild } from '../../scripts/services/child.ts';
import { until } from './until.ts';

export interface ProcessOptions { name: string; folder: string; url: string; log: string; environment: NodeJS.ProcessEnv }

const living = new Set<ChildProcess>();
process.once('exit', () => { for (const child of living) child.kill('SIGKILL'); });

export class WeirProcess {
  readonly name: string;
  readonly url: string;
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;
  #retired = false;
  #exited: Promise<NodeJS.Signals | number | null> = Promise.resolve(null);

  constructor(options: ProcessOptions) {
    this.name = options.name;
    this.url = options.url;
    this.#options = options;
  }

  /** Starts it; `more` is added to its environment this time only. */
  async start(more: NodeJS.ProcessEnv = {}): Promise<void> {
    // A case that ran into its time limit goes on in the background: it must not leave processes behind.
    if (this.#retired) throw new Error(`${this.name} belongs to a house that is closed`);
    const { folder, log, environment } = this.#options;
    // Only the test build has crash points.
    const script = join(root, folder, more['WEIR_CRASH_AT'] === undefined ? 'dist/release/main.js' : 'dist/main.js');
    const output = openSync(log, 'a');
    const child = this.#child = spawn(process.execPath, [script], { cwd: root, env: { ...environment, ...more }, stdio: ['ignore', output, output] });
    closeSync(output);
    living.add(child);
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => { living.delete(child); resolve(signal ?? code); });
    });
    await this.ready();
  }

  /** Resolves when /readyz says yes; throws the end of the log when the process ends instead. */
  async ready(withinMs = 20_000): Promise<void> {
    await until(`${this.name} ready`, withinMs, async () => {
      if (!this.isRunning()) throw new Error(`${this.name} ended:\n${this.logText().split('\n').slice(-15).join('\n')}`);
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_500) })).ok;
    });
  }

  get pid(): number | undefined { return this.#child?.pid; }
  isRunning(): boolean { return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null; }
  logText(): string { return readFileSync(this.#options.log, 'utf8'); }

  /** Resolves with the signal or code when the process is gone. */
  ended(): Promise<NodeJS.Signals | number | null> { return this.#exited; }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGTERM, and resolves when it has drained and ended. */
  async stop(patienceMs = 15_000): Promise<void> {
    if (this.#child) await stopChild(this.#child, 'SIGTERM', patienceMs);
  }

  async restart(more: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.stop();
    await this.start(more);
  }

  /** Stops it for good. */
  async retire(patienceMs: number): Promise<void> {
    this.#retired = true;
    this.thaw();
    await this.stop(patienceMs);
  }

  freeze(): void { this.#child?.kill('SIGSTOP'); }
  thaw(): void { this.#child?.kill('SIGCONT'); }
}
