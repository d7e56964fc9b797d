/** A process that is started again when it dies, later each time it dies soon. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { root } from '../root.ts';
import { stopChild } from '../services/child.ts';
import { Fault } from './fault.ts';
import { followLog, openLog, shownPart } from './log-file.ts';

export interface ProcessPlan { name: string; command: readonly [string, ...string[]]; log: string; environment: NodeJS.ProcessEnv; readyUrl: string }
export interface Supervised { name: string; pid(): number | undefined; ready(stopping: AbortSignal): Promise<void>; stop(): Promise<void>; kill(): void }

const firstPauseMs = 200, longestPauseMs = 10_000, soonMs = 30_000;
/** A process that dies this often before it was ever ready will not become so by itself. */
const triesBeforeReady = 2;

const say = (name: string, text: string): void => console.error(`[${name}] ${text}`);

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;                                        // not listening yet
  }
}

function lastWords(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-40).map(shownPart).filter((text) => text !== undefined);
  return lines.slice(-6).join('\n  ');
}

/** Starts `plan` and keeps it running until `stop`. `changed` is told each new process. */
export function supervise(plan: ProcessPlan, changed: () => void): Supervised {
  let child: ChildProcess | undefined, again: NodeJS.Timeout | undefined, pauseMs = firstPauseMs, deaths = 0, stopping = false, wasReady = false;
  const log = openLog(plan.log);
  closeSync(log);
  const unfollow = followLog(plan.log, (text) => say(plan.name, text));

  const [program, ...args] = plan.command;
  const start = (): void => {
    const output = openLog(plan.log), startedAt = Date.now();
    // A group of its own: Ctrl-C reaches the whole group of the terminal, and we stop our processes in an order.
    child = spawn(program, args, { cwd: root, env: plan.environment, stdio: ['ignore', output, output], detached: true });
    closeSync(output);
    changed();
    child.once('exit', (code, signal) => {
      if (stopping) return;
      deaths++;
      pauseMs = Date.now() - startedAt > soonMs ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2);
      if (wasReady) say(plan.name, `ended (${signal ?? `code ${code}`}); starting it again in ${pauseMs / 1000} s`);
      if (wasReady || deaths < triesBeforeReady) again = setTimeout(start, pauseMs);
    });
  };
  start();

  return {
    name: plan.name,
    pid: () => child?.pid,
    async ready(stopping) {
      const deadline = Date.now() + 60_000;
      while (!(await answers(plan.readyUrl))) {
        stopping.throwIfAborted();
        if (deaths >= triesBeforeReady) throw new Fault(`The ${plan.name} does not start; the end of ${plan.log}:\n  ${lastWords(plan.log)}`);
        if (Date.now() > deadline) throw new Fault(`The ${plan.name} was not ready within 60 s; see ${plan.log}.`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      wasReady = true;
    },
    async stop() {
      stopping = true;
      clearTimeout(again);
      if (child) await stopChild(child, 'SIGTERM', 310_000);
      unfollow();
    },
    kill() { stopping = true; child?.kill('SIGKILL'); },
  };
}
