/** One measurement: load on one target for a while, and what it cost the target. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpuMicros, residentBytes } from './cpu.ts';
import { driverCore, forkPinned } from './pinned.ts';
import { pause, type Target, until } from './target.ts';
import type { Progress, Work } from './work.ts';

export interface Cost { perSecond: number; micros: number }

class Driver {
  private readonly child: ChildProcess = forkPinned(driverCore, new URL('./load.ts', import.meta.url).pathname);

  async ask(message: Work | 'count' | 'stop'): Promise<Progress> {
    this.child.send(message);
    const [progress] = (await once(this.child, 'message')) as [Progress];
    return { ...progress };
  }

  end(): void {
    this.child.kill();
  }
}

function refuseFailures(target: Target, { failed, firstFailure }: Progress): void {
  if (failed > 0) throw new Error(`${target.name} failed ${failed} times under load; the first: ${firstFailure}`);
}

/** CPU per answer (`json`) or per event (`stream`), after the load has run for a moment. */
export async function measure(target: Target, kind: 'json' | 'stream', connections: number, forMs: number): Promise<Cost> {
  const driver = new Driver();
  try {
    await driver.ask({ kind, port: target.port, path: target.path, headers: target.headers, connections });
    if (kind === 'stream') await until(`${connections} streams of ${target.name} are open`, 20_000, async () => (await driver.ask('count')).open === connections);
    await pause(700);
    const pids = target.pids(), before = await driver.ask('count'), startedAt = performance.now(), startedCpu = cpuMicros(pids);
    await pause(forMs);
    const after = await driver.ask('count'), cpu = cpuMicros(pids) - startedCpu, seconds = (performance.now() - startedAt) / 1_000;
    refuseFailures(target, after);
    const count = after.done - before.done;
    await driver.ask('stop');
    return { perSecond: count / seconds, micros: cpu / count };
  } finally {
    driver.end();
    await target.rest();
  }
}

/** Resident bytes for each stream that is open and silent; undefined when the collector gave back more than so few streams need. */
export async function idleBytes(target: Target, streams: number): Promise<number | undefined> {
  await holdIdle(target, 200, async () => {});             // what the first streams bring up stays, and is not theirs
  let bytes = 0;
  const pids = target.pids(), before = residentBytes(pids);
  await holdIdle(target, streams, async () => {
    await pause(3_000);
    bytes = (residentBytes(pids) - before) / streams;
  });
  return bytes > 0 ? bytes : undefined;
}

async function holdIdle(target: Target, streams: number, meanwhile: () => Promise<void>): Promise<void> {
  const driver = new Driver();
  try {
    await driver.ask({ kind: 'idle', port: target.port, path: target.path, headers: target.headers, connections: streams });
    await until(`${streams} idle streams of ${target.name} are open`, 60_000, async () => (await driver.ask('count')).open === streams);
    await meanwhile();
    refuseFailures(target, await driver.ask('count'));
    await driver.ask('stop');
  } finally {
    driver.end();
    await target.rest();
  }
}
