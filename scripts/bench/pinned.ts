/** Starting processes on one core, so that the gateway has the other for itself. */
import { type ChildProcess, fork, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { openSync } from 'node:fs';

export const driverCore = 0, gatewayCore = 1;
const children = new Set<ChildProcess>();
// Not SIGKILL: nginx would leave its worker behind.
process.once('exit', () => children.forEach((child) => child.kill('SIGTERM')));

function keep(child: ChildProcess): ChildProcess {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** With a channel for messages to and from it. */
export function forkPinned(core: number, script: string): ChildProcess {
  return keep(fork(script, { execPath: '/usr/bin/env', execArgv: ['taskset', '-c', String(core), process.execPath], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }));
}

export function spawnPinned(core: number, command: readonly string[], environment: NodeJS.ProcessEnv, log: string): ChildProcess {
  const output = openSync(log, 'a'), stdio: StdioOptions = ['ignore', output, output];
  return keep(spawn('taskset', ['-c', String(core), ...command], { env: environment, stdio }));
}

/** Moves a process that runs already, with all its threads. */
export function pin(pid: number, core: number): void {
  spawnSync('taskset', ['-acp', String(core), String(pid)]);
}

/** Lets others on its core go first: settling a charge costs more than serving the request, and must not starve the load. */
export function stepBack(pid: number): void {
  spawnSync('renice', ['-n', '10', '-p', String(pid)]);
}
