/** `npm start` as a person runs it, on a folder and ports of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';
import { freePort, isAlive } from '../../scripts/services/child.ts';
import { until } from './until.ts';

export interface Place { folder: string; controlUrl: string; relayUrl: string; environment: NodeJS.ProcessEnv }

export async function newPlace(folder: string): Promise<Place> {
  const [control, relay] = [await freePort(), await freePort()];
  const { DATABASE_URL: _database, REDIS_URL: _redis, NODE_ENV: _mode, WEIR_MASTER_KEY: _key, ...inherited } = process.env;
  const environment = { ...inherited, WEIR_DATA: folder, WEIR_CONTROL_PORT: String(control), WEIR_RELAY_PORT: String(relay) };
  return { folder, controlUrl: `http://127.0.0.1:${control}`, relayUrl: `http://127.0.0.1:${relay}`, environment };
}

export class Starter {
  output = '';
  readonly startedAt = performance.now();
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(place: Place, more: NodeJS.ProcessEnv = {}) {
    const args = ['--disable-warning=ExperimentalWarning', join(root, 'scripts/main.ts'), 'start'];
    this.child = spawn(process.execPath, args, { cwd: root, env: { ...place.environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => { this.output += text; });
    this.ended = new Promise((resolve) => { this.child.once('close', resolve); });
  }

  /** Resolves with the milliseconds until the last line of the welcome stood there. */
  async running(withinMs = 60_000): Promise<number> {
    await until('Weir is running', withinMs, () => {
      if (this.child.exitCode !== null) throw new Error(`npm start ended:\n${this.output}`);
      return this.output.includes('Ctrl-C stops everything');
    });
    return performance.now() - this.startedAt;
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

/** Every process that this place has started and not ended: the two processes, PostgreSQL, Redis. */
export function livingIn(folder: string): number[] {
  const read = (name: string): object => { try { return JSON.parse(readFileSync(join(folder, name), 'utf8')) as object; } catch { return {}; } };
  const notes = [read('running.json'), read('postgres/running.json'), read('redis/running.json')] as { children?: Record<string, number>; pid?: number }[];
  return notes.flatMap((note) => [...Object.values(note.children ?? {}), ...(note.pid ? [note.pid] : [])]).filter(isAlive);
}
