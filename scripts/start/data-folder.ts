/** The data folder belongs to one `npm start` at a time. What a killed one left running is ended before the next begins. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, stopPid } from '../services/child.ts';
import { Fault } from './fault.ts';
import type { Note } from './progress.ts';

interface Running { starter: number; children: Record<string, number> }

const file = (folder: string): string => join(folder, 'running.json');
/** PostgreSQL's first cluster takes 40 MB, and a database that meets a full disk stops. */
const leastFreeBytes = 150 * 2 ** 20;

function lastRun(folder: string): Running | undefined {
  try { return JSON.parse(readFileSync(file(folder), 'utf8')) as Running; } catch { return undefined; }
}

/** The command line of a process, so that a number that the system has given to someone else since is not taken for ours. */
function commandOf(pid: number): string {
  try { return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }); } catch { /* no ps: next */ }
  try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '); } catch { return ''; }
}

const isOurs = (pid: number, mark: string): boolean => isAlive(pid) && commandOf(pid).includes(mark);

export function writeRunning(folder: string, children: Record<string, number>): void {
  writeFileSync(file(folder), JSON.stringify({ starter: process.pid, children } satisfies Running));
}

export const forgetRunning = (folder: string): void => rmSync(file(folder), { force: true });

function refuseFullDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leastFreeBytes) return;
  throw new Fault(`The disk that holds ${folder} is full (${Math.floor((bavail * bsize) / 2 ** 20)} MB left): free at least ${leastFreeBytes / 2 ** 20} MB, or set WEIR_DATA to a folder elsewhere.`);
}

/** Takes the folder for this process, or says who has it. */
export async function takeDataFolder(folder: string, note: Note): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseFullDisk(folder);
  const last = lastRun(folder);
  if (last && last.starter !== process.pid && isOurs(last.starter, 'scripts/main.ts')) {
    throw new Fault(`Weir already runs on ${folder} (process ${last.starter}): stop it first, or set WEIR_DATA to another folder.`);
  }
  for (const [name, pid] of Object.entries(last?.children ?? {})) {
    if (!isOurs(pid, 'main.js')) continue;
    note(`ending the ${name} that an earlier start left behind (process ${pid})`);
    await stopPid(pid, 'SIGTERM');
    if (isAlive(pid)) await stopPid(pid, 'SIGKILL');
  }
  writeRunning(folder, {});
}
