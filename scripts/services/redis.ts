/**
 * Redis for one machine: REDIS_URL, else valkey-server or redis-server on PATH, else the real Valkey compiled to
 * WebAssembly. The last one forgets everything on stop, which costs Weir only time: Redis carries, it never owns.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, leftBehind, onPath, remember, stopChild, stopPid, waitForPort, type Service, type ServiceOptions } from './child.ts';

const wasm = fileURLToPath(new URL('./valkey-wasm.mjs', import.meta.url));

function command(folder: string, port: number, throwaway: boolean): { program: string; args: string[]; kind: string } {
  const native = process.env.WEIR_NO_NATIVE_REDIS ? undefined : (onPath('valkey-server') ?? onPath('redis-server'));
  if (!native) return { program: process.execPath, args: ['--no-warnings', wasm, String(port)], kind: 'valkey-wasm' };
  const persistence = throwaway ? ['--save', '', '--appendonly', 'no'] : ['--appendonly', 'yes'];
  return { program: native, args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...persistence], kind: native };
}

/** Starts Redis in `folder`, or takes over the one that an earlier run left there. */
export async function startRedis(folder: string, options: ServiceOptions = {}): Promise<Service> {
  if (process.env.REDIS_URL && !options.own) return { url: process.env.REDIS_URL, kind: 'REDIS_URL', stop: async () => {} };
  folder = resolve(folder);
  mkdirSync(folder, { recursive: true });
  const survivor = await leftBehind(folder);
  if (survivor) {
    const url = `redis://127.0.0.1:${survivor.port}`;
    return { kind: 'still running', pid: survivor.pid, url, stop: () => stopPid(survivor.pid, 'SIGTERM') };
  }
  const port = options.port ?? (await freePort());
  const { program, args, kind } = command(folder, port, options.throwaway ?? false);
  const log = join(folder, 'redis.log'), output = openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output, output], detached: true });
  await waitForPort(port, child, 'Redis', log);
  remember(folder, { pid: child.pid!, port });
  const stop = async () => {
    await stopChild(child, 'SIGTERM');
    if (options.throwaway) rmSync(folder, { recursive: true, force: true });
  };
  return { kind, pid: child.pid!, url: `redis://127.0.0.1:${port}`, stop };
}
